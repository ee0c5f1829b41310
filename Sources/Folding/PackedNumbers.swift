/// Numbers in `UnicodeData`, read where they lie: constant data, so that a table costs nothing until it is asked.
struct PackedNumbers {
    /// In base 64, with the digits 0x30 to 0x6F of ASCII.
    private let digits: UnsafeBufferPointer<UInt8>

    @inline(__always)
    init(_ text: StaticString) {
        digits = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// How many numbers of so many digits there are.
    @inline(__always)
    func count(digits width: Int) -> Int { digits.count / width }

    /// The number that begins behind so many digits.
    @inline(__always)
    func number(at place: Int, digits width: Int) -> UInt32 {
        var number: UInt32 = 0
        for digit in digits[place..<place + width] { number = number << 6 | UInt32(digit - 0x30) }
        return number
    }

    /// A scalar's value is a number of four digits.
    @inline(__always)
    func scalar(at place: Int) -> UInt32 { number(at: place, digits: 4) }
}
