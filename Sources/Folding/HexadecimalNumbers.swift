/// The numbers of one of the texts in `UnicodeData`, white space between them.
struct HexadecimalNumbers {
    private var rest: UnsafeBufferPointer<UInt8>.SubSequence

    init(_ text: StaticString) {
        rest = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)[...]
    }

    /// Nil at the end.
    mutating func next() -> UInt32? {
        rest = rest.drop { $0 <= 0x20 }
        let digits = rest.prefix { $0 > 0x20 }
        rest = rest[digits.endIndex...]
        guard !digits.isEmpty else { return nil }
        // The digits 0 to 9 and a to f in ASCII.
        return digits.reduce(0) { $0 << 4 | UInt32($1 & 0xF + ($1 >> 6) * 9) }
    }

    /// The next run of scalars: how far it begins behind the one before, and how many there are
    /// behind its first. Nil at the end.
    mutating func nextRun(behind: inout UInt32) -> ClosedRange<UInt32>? {
        guard let gap = next(), let more = next() else { return nil }
        let first = behind + gap
        behind = first + more + 1
        return first...first + more
    }
}
