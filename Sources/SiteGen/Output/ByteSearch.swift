import CLinux

extension ArraySlice<UInt8> {
    /// Where a text begins and ends in these bytes, by `memmem`; nil if it does not occur.
    func range(of text: StaticString) -> Range<Int>? {
        let found: Int? = withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress,
                let match = find_bytes(start, bytes.count, text.utf8Start, text.utf8CodeUnitCount)
            else { return nil }
            return UnsafeRawPointer(match) - start
        }
        return found.map { startIndex + $0..<startIndex + $0 + text.utf8CodeUnitCount }
    }
}
