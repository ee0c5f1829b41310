/// Texts in one run of bytes, each known by its number. The last ones can be taken off again.
struct TextTable: Sendable {
    var bytes: [UInt8] = []
    /// Where each text ends.
    var ends: [Int32] = []

    var count: Int { ends.count }

    mutating func append(_ text: String) -> Int32 {
        bytes += text.utf8
        ends.append(Int32(bytes.count))
        return Int32(ends.count - 1)
    }

    mutating func removeAll(from count: Int) {
        ends.removeLast(ends.count - count)
        bytes.removeLast(bytes.count - Int(ends.last ?? 0))
    }

    func range(_ number: Int32) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[Int(number) - 1]))..<Int(ends[Int(number)])
    }

    subscript(number: Int32) -> String {
        String(decoding: bytes[range(number)], as: UTF8.self)
    }

    func holds(_ text: String, at number: Int32) -> Bool {
        bytes[range(number)].elementsEqual(text.utf8)
    }
}
