import Links

/// Bytes of a stream in, events out: framing and decoding in one.
public struct EventReader: ~Copyable {
    private var framer: RecordFramer
    private let decoder: FormatDecoder

    /// `grammar` finds hashtags where a post's own structure is absent; nil for the format's own.
    public init(
        format: PostFormat, grammar: Grammar?, identity: Identity = Identity(),
        links: LinkRules? = nil
    ) {
        self.init(
            of: format,
            by: FormatDecoder(of: format, grammar: grammar, identity: identity, links: links))
    }

    public init(of format: PostFormat, by decoder: FormatDecoder) {
        framer = RecordFramer(format: format)
        self.decoder = decoder
    }

    /// Passes on the events that these bytes complete.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer, to sink: inout some EventSink) {
        framer.take(bytes)
        decode(to: &sink)
    }

    /// Passes on the events of all bytes of the reader but those that `finish` waits for.
    mutating func feed(
        from bytes: inout any ByteReader, to sink: inout some EventSink
    ) throws(DecodeError) {
        while try framer.take(from: &bytes) { decode(to: &sink) }
    }

    /// Passes on what is left when the stream has ended, whole or cut off.
    public mutating func finish(to sink: inout some EventSink) {
        framer.end()
        decode(to: &sink)
    }

    private mutating func decode(to sink: inout some EventSink) {
        switch decoder {
        case .v1(let decoder): decode(by: decoder, to: &sink)
        case .v2(let decoder): decode(by: decoder, to: &sink)
        case .jetstream(let decoder): decode(by: decoder, to: &sink)
        case .mastodon(let decoder): decode(by: decoder, to: &sink)
        case .text(let decoder): decode(by: decoder, to: &sink)
        }
    }

    private mutating func decode(by decoder: some PostDecoder, to sink: inout some EventSink) {
        decoder.prepare(framer.lines)
        while let record = framer.next() {
            if !decoder.read(record, to: &sink), !framer.reread() { sink.record(.invalid) }
        }
    }
}
