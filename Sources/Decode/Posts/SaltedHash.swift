/// SipHash-1-3 (Aumasson and Bernstein, 2012): 64 bits that tell nothing of what was hashed to who does
/// not know the salt, nor let him choose texts that fall together.
///
/// Not `Hasher`: that has a salt of the process's own, and takes three times as long.
public struct SaltedHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    /// A salt like no other.
    public static func newSalt() -> (UInt64, UInt64) {
        (.random(in: .min ... .max), .random(in: .min ... .max))
    }

    public init(salt: (UInt64, UInt64)) {
        v0 = salt.0 ^ 0x736F_6D65_7073_6575
        v1 = salt.1 ^ 0x646F_7261_6E64_6F6D
        v2 = salt.0 ^ 0x6C79_6765_6E65_7261
        v3 = salt.1 ^ 0x7465_6462_7974_6573
    }

    /// Takes in eight bytes.
    @inline(__always)
    public mutating func combine(_ word: UInt64) {
        v3 ^= word
        round()
        v0 ^= word
    }

    /// Takes in the last bytes, and the hash is done.
    @inline(__always)
    public consuming func finish(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var place = 0
        while place + 8 <= bytes.count {
            combine(
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
            place += 8
        }
        var last = UInt64(truncatingIfNeeded: bytes.count) << 56
        for index in place..<bytes.count {
            last |= UInt64(bytes[index]) << UInt64((index - place) * 8)
        }
        combine(last)
        v2 ^= 0xFF
        for _ in 0..<3 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    @inline(__always)
    private mutating func round() {
        v0 &+= v1
        v1 = v1 << 13 | v1 >> 51
        v1 ^= v0
        v0 = v0 << 32 | v0 >> 32
        v2 &+= v3
        v3 = v3 << 16 | v3 >> 48
        v3 ^= v2
        v0 &+= v3
        v3 = v3 << 21 | v3 >> 43
        v3 ^= v0
        v2 &+= v1
        v1 = v1 << 17 | v1 >> 47
        v1 ^= v2
        v2 = v2 << 32 | v2 >> 32
    }
}
