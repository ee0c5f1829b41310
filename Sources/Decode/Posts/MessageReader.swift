/// Takes JSON messages apart in the quickest way there is for each: lines that were looked at together
/// by their tokens, whatever is left by the parser.
///
/// One thread at a time.
final class MessageReader {
    private let parser = JSONParser()
    private let index = JSONLineIndex()
    private let outline = JSONOutline()

    /// Looks at the whole lines that the next records are made of.
    func prepare(_ lines: UnsafeBufferPointer<UInt8>) { index.read(lines) }

    /// What the record says; nil if it is no JSON.
    @inline(__always)
    func event(of record: Record, by decoder: some MessageDecoder) -> StreamEvent? {
        let tokens = index.tokens
        if let line = record.text, tokens.pointee.skip(to: line) {
            let first = tokens.pointee.position
            let end = tokens.pointee.start + line.count
            if decoder.isNotice(&tokens.pointee, upTo: end) { return .notice }
            tokens.pointee.goBack(to: first)
            if let object = outline.object(&tokens.pointee, end) {
                let event = decoder.event(of: object)
                if !outline.hasGivenUp { return event }
            }
        }
        return parser.parse(record).map { decoder.event(of: $0) }
    }

    /// The elements of an array in the record's object, if it has one of that name.
    func page(_ name: StaticString, of record: Record) -> JSONElements? {
        guard let array = parser.parse(record)?[name], array.isArray else { return nil }
        return array.elements
    }
}
