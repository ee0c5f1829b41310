import Links

/// A file of recorded posts: plain, gzip or Zstandard, in UTF-8, or UTF-16 with its mark.
public struct RecordedFile {
    private let portion: FilePortion
    private let format: PostFormat
    private let grammar: Grammar?
    private let links: LinkRules?

    /// With `links`, posts tell the addresses that they give.
    public init(
        _ portion: FilePortion, format: PostFormat, grammar: Grammar?, links: LinkRules? = nil
    ) {
        self.portion = portion
        self.format = format
        self.grammar = grammar
        self.links = links
    }

    /// Passes on every event of the file, in order.
    public func read(identity: Identity, to sink: inout some EventSink) throws(DecodeError) {
        var bytes: any ByteReader =
            if let range = portion.range {
                try PlainBytes(path: portion.path, range: range)
            } else {
                TextBytes(
                    of: try CompressedBytes(path: portion.path),
                    path: portion.path == "-" ? "standard input" : portion.path)
            }
        var events = EventReader(
            format: format, grammar: grammar, identity: identity, links: links)
        try events.feed(from: &bytes, to: &sink)
        events.finish(to: &sink)
    }
}
