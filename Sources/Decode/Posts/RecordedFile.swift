import Links

/// A file of recorded posts: plain, compressed, or an archive of such files; in UTF-8, or UTF-16 with its mark.
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
    public func read(
        identity: Identity, to sink: inout some RecordingSink
    ) throws(DecodeError) {
        if let range = portion.range {
            try read(PlainBytes(path: portion.path, range: range), identity: identity, to: &sink)
            return
        }
        var recorded = try RecordedBytes(path: portion.path)
        while let part = try recorded.next() {
            let (records, invalid) = (sink.recordCount, sink.invalidCount)
            if part.isText {
                try read(TextBytes(of: part.bytes, path: part.path), identity: identity, to: &sink)
            }
            let found = sink.recordCount - records
            let isEmpty = part.isText && found == 0
            if let member = part.member, !isEmpty, found == sink.invalidCount - invalid {
                sink.leaveOut(member, of: part.file)
            }
        }
    }

    private func read(
        _ bytes: any ByteReader, identity: Identity, to sink: inout some EventSink
    ) throws(DecodeError) {
        var bytes = bytes
        var events = EventReader(
            format: format, grammar: grammar, identity: identity, links: links)
        try events.feed(from: &bytes, to: &sink)
        events.finish(to: &sink)
    }
}

/// What takes in recordings, and is told what of an archive was none.
public protocol RecordingSink: EventSink {
    var recordCount: Int { get }
    /// Of the records, those that are not what the format says.
    var invalidCount: Int { get }

    /// Takes in that a member of the archive at this path holds nothing of the format.
    mutating func leaveOut(_ member: String, of archive: String)
}
