/// A post a line, in plain text: no author, no time, no language.
public final class TextDecoder: PostDecoder {
    private let grammar: Grammar
    /// Its own: the same line number in two files is two posts.
    private let identity = Identity()
    private var lineCount: UInt64 = 0

    init(grammar: Grammar) { self.grammar = grammar }

    public func read(_ record: Record, to sink: inout some EventSink) -> Bool {
        guard let bytes = record.text, let text = String(validating: bytes, as: UTF8.self) else {
            return false
        }
        lineCount += 1
        var post = Post()
        post.id = identity(number: lineCount)
        post.tags = grammar.hashtags(in: text)
        post.wasScanned = true
        sink.record(.post(post))
        return true
    }
}
