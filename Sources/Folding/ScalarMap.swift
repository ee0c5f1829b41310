/// A byte for each scalar, 0 for most: pages of 256, of which only those that differ take memory.
struct ScalarMap: Sendable {
    private var pages = [UInt16](repeating: 0, count: 0x1100)
    /// The first page is that of all scalars without a value.
    private var values = [UInt8](repeating: 0, count: 256)

    /// Of runs and their values.
    init(_ text: StaticString) {
        var numbers = HexadecimalNumbers(text)
        var behind: UInt32 = 0
        while let run = numbers.nextRun(behind: &behind), let value = numbers.next() {
            for scalar in run { set(scalar, UInt8(truncatingIfNeeded: value)) }
        }
    }

    /// The scalar is one: at most 0x10FFFF.
    @inline(__always)
    subscript(scalar: UInt32) -> UInt8 {
        values[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)]
    }

    private mutating func set(_ scalar: UInt32, _ value: UInt8) {
        let page = Int(scalar >> 8)
        if pages[page] == 0 {
            pages[page] = UInt16(values.count >> 8)
            values.append(contentsOf: repeatElement(0, count: 256))
        }
        values[Int(pages[page]) << 8 | Int(scalar & 0xFF)] = value
    }
}
