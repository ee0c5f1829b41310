/// Turns the records of one format into events. One thread at a time.
protocol PostDecoder {
    /// Hands out what the record says: one event, or several where a platform packs posts together.
    func decode(_ record: Record, _ body: (StreamEvent) -> Void)
}

extension PostFormat {
    /// A decoder of this format; `grammar` finds hashtags where a post's own structure is absent.
    func decoder(grammar: Grammar?, identity: Identity) -> any PostDecoder {
        let grammar = grammar ?? self.grammar
        return switch self {
        case .v1: V1Decoder(grammar: grammar, identity: identity)
        case .v2: V2Decoder(grammar: grammar, identity: identity)
        case .jetstream: JetstreamDecoder(grammar: grammar, identity: identity)
        case .mastodon: MastodonDecoder(grammar: grammar, identity: identity)
        case .text: TextDecoder(grammar: grammar)
        }
    }
}

extension JSONParser {
    /// The value of the record; nil if it is too long or no JSON.
    func parse(_ record: Record) -> JSONValue? {
        record.text.flatMap { parse($0) }
    }
}
