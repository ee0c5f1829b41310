/// A number that tells damaged bytes from whole ones, many times as fast as a hash that nobody can forge.
public enum Checksum {
    public static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBytes { buffer in
            func word(_ place: Int) -> UInt64 {
                buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            }
            // Four side by side, as none has to wait for another.
            var (one, two) = (UInt64(buffer.count), 2 as UInt64)
            var (three, four) = (3 as UInt64, 4 as UInt64)
            var place = 0
            while place + 32 <= buffer.count {
                (one, two) = (mix(one, word(place)), mix(two, word(place + 8)))
                (three, four) = (mix(three, word(place + 16)), mix(four, word(place + 24)))
                place += 32
            }
            return buffer[place...].reduce(mix(mix(mix(one, two), three), four)) {
                mix($0, UInt64($1))
            }
        }
    }

    private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
        let state = (state ^ word) &* 0xff51_afd7_ed55_8ccd
        return state ^ state >> 32
    }
}
