/// Bytes of a stream in, events out: framing and decoding in one.
struct EventReader {
    private var framer: RecordFramer
    private let decoder: any PostDecoder

    /// `grammar` finds hashtags where a post's own structure is absent; nil for the format's own.
    init(format: PostFormat, grammar: Grammar?, identity: Identity = Identity()) {
        framer = RecordFramer(format: format)
        decoder = format.decoder(grammar: grammar, identity: identity)
    }

    /// Passes on the events that these bytes complete.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, to sink: inout some EventSink) {
        framer.feed(bytes) { [decoder] in decoder.decode($0) { sink.record($0) } }
    }

    /// Passes on what is left when the stream has ended, whole or cut off.
    mutating func finish(to sink: inout some EventSink) {
        framer.finish { [decoder] in decoder.decode($0) { sink.record($0) } }
    }
}
