import Glibc

extension ArraySlice<UInt8> {
    /// The first place of a text, not empty, in these bytes; nil if it does not occur.
    public func range(of text: StaticString) -> Range<Int>? {
        let length = text.utf8CodeUnitCount
        let found: Int? = withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, length > 0, length <= bytes.count else {
                return nil
            }
            let (first, end) = (Int32(text.utf8Start.pointee), start + bytes.count - length + 1)
            var place = start
            while place < end, let match = memchr(place, first, end - place) {
                if memcmp(match, text.utf8Start, length) == 0 {
                    return UnsafeRawPointer(match) - start
                }
                place = UnsafeRawPointer(match) + 1
            }
            return nil
        }
        return found.map { startIndex + $0..<startIndex + $0 + length }
    }
}

extension ArraySlice<UInt8> {
    /// Whether these bytes begin with those: in one comparison of memory, as a sequence goes by single bytes.
    public func starts(with bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count <= count else { return false }
        return withUnsafeBytes { own in
            bytes.withUnsafeBytes { others in
                guard let first = own.baseAddress, let second = others.baseAddress else {
                    return others.isEmpty
                }
                return memcmp(first, second, others.count) == 0
            }
        }
    }
}
