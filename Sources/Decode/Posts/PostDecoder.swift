/// Turns the records of one format into events. One thread at a time.
public protocol PostDecoder {
    /// Shows the whole lines that the next records are made of, or none, to learn of all together what
    /// is slow to learn of each.
    func prepare(_ lines: UnsafeBufferPointer<UInt8>)

    /// Passes on what the record says: one event, or several where a platform packs posts together.
    func decode(_ record: Record, to sink: inout some EventSink)
}

extension PostDecoder {
    public func prepare(_ lines: UnsafeBufferPointer<UInt8>) {}
}

extension JSONParser {
    /// The value of the record; nil if it is too long or no JSON.
    public func parse(_ record: Record) -> JSONValue? {
        record.text.flatMap { parse($0) }
    }
}
