/// A file of recorded posts: plain, gzip or Zstandard.
struct RecordedFile {
    /// `-` is standard input.
    let path: String
    let format: PostFormat
    let grammar: Grammar?

    /// Passes on every event of the file, in order.
    func read(identity: Identity, to sink: inout some EventSink) throws(SnapshotError) {
        var bytes = try CompressedBytes(path: path)
        var events = EventReader(format: format, grammar: grammar, identity: identity)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readSize, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try bytes.read(into: buffer)
            guard count > 0 else { break }
            events.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: &sink)
        }
        events.finish(to: &sink)
    }
}
