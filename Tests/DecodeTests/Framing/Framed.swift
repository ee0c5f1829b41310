@testable import Decode

/// A record, kept.
struct Framed: Equatable, CustomStringConvertible {
    var event: String?
    /// Nil for a record too long to keep.
    var text: String?

    var description: String { "\(event ?? "-"):\(text ?? "too long")" }

    init(_ text: String?, event: String? = nil) { (self.text, self.event) = (text, event) }

    static func == (left: Framed, right: Framed) -> Bool {
        left.event == right.event
            && left.text.map { Array($0.utf8) } == right.text.map { Array($0.utf8) }
    }
}

/// The records of these chunks.
func framed(_ chunks: [[UInt8]], as format: PostFormat = .v1) -> [Framed] {
    var framer = RecordFramer(format: format)
    var records: [Framed] = []
    func keep(_ record: Record) {
        records.append(
            Framed(
                record.text.map { String(decoding: $0, as: UTF8.self) }, event: record.event?.string
            ))
    }
    for chunk in chunks { chunk.withUnsafeBytes { framer.feed($0, keep) } }
    framer.finish(keep)
    return records
}

extension RecordFramer {
    /// Takes the bytes and hands out every record they complete.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ body: (Record) -> Void) {
        take(bytes)
        while let record = next() { body(record) }
    }

    /// Ends the stream and hands out what is left.
    mutating func finish(_ body: (Record) -> Void) {
        end()
        while let record = next() { body(record) }
    }
}
