import Links

/// The decoder of a format: one of a closed set, so that the loop over records knows which.
public enum FormatDecoder {
    case v1(V1Decoder)
    case v2(V2Decoder)
    case jetstream(JetstreamDecoder)
    case mastodon(MastodonDecoder)
    case text(TextDecoder)

    /// `grammar` finds hashtags where a post's own structure is absent; nil for the format's own.
    /// With `links`, posts tell the addresses that they give.
    public init(
        of format: PostFormat, grammar: Grammar?, identity: Identity, links: LinkRules? = nil
    ) {
        let grammar = grammar ?? format.grammar
        self =
            switch format {
            case .v1: .v1(V1Decoder(grammar: grammar, identity: identity, links: links))
            case .v2: .v2(V2Decoder(grammar: grammar, identity: identity, links: links))
            case .jetstream:
                .jetstream(JetstreamDecoder(grammar: grammar, identity: identity, links: links))
            case .mastodon:
                .mastodon(MastodonDecoder(grammar: grammar, identity: identity, links: links))
            case .text: .text(TextDecoder(grammar: grammar))
            }
    }
}
