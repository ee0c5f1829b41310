/// Turns the records of one format into events. One thread at a time.
public protocol PostDecoder {
    /// Shows the whole lines that the next records are made of, or none, to learn of all together what
    /// is slow to learn of each.
    func prepare(_ lines: UnsafeBufferPointer<UInt8>)

    /// Passes on what the record says: one event, or several where a platform packs posts together. False,
    /// and nothing passed on, if it is too long or not written as the format is.
    func read(_ record: Record, to sink: inout some EventSink) -> Bool
}

extension PostDecoder {
    /// Passes on what the record says; that it is invalid if it is not written as the format is.
    public func decode(_ record: Record, to sink: inout some EventSink) {
        if !read(record, to: &sink) { sink.record(.invalid) }
    }

    public func prepare(_ lines: UnsafeBufferPointer<UInt8>) {}
}

extension JSONParser {
    /// The value of the record; nil if it is too long or no JSON.
    public func parse(_ record: Record) -> JSONValue? {
        record.text.flatMap { parse($0) }
    }
}
