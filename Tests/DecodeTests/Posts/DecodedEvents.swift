import Support

@testable import Decode

/// Identities with a salt that tests know.
let testIdentity = Identity(salt: 7)

/// The events of a stream.
func events(_ text: String, as format: PostFormat) -> [StreamEvent] {
    events(bytes(text), as: format)
}

func events(_ bytes: [UInt8], as format: PostFormat) -> [StreamEvent] {
    var sink: [StreamEvent] = []
    var reader = EventReader(format: format, grammar: nil, identity: testIdentity)
    bytes.withUnsafeBytes { reader.feed($0, to: &sink) }
    reader.finish(to: &sink)
    return sink
}

/// What the events say, a line each, without ids: `post: en [a, b] repost at 5`.
func summaries(_ text: String, as format: PostFormat) -> [String] {
    events(text, as: format).map(\.summary)
}

extension StreamEvent {
    var post: Post? { if case .post(let post) = self { post } else { nil } }

    var summary: String {
        switch self {
        case .post(let post):
            let flags = [
                (post.isRepost, "repost"), (post.isEdit, "edit"), (post.isSensitive, "sensitive"),
                (post.isBot, "bot"),
                (post.wasScanned, "scanned"), (post.author == nil, "anonymous"),
            ].filter(\.0).map(\.1)
            let time = post.time.map { ["at \($0)"] } ?? []
            let languages = post.languages.map(\.description)
            return
                (["post:"] + languages + ["[\(post.tags.joined(separator: ", "))]"] + flags + time)
                .joined(separator: " ")
        case .deletion(_, _, let time): return "delete" + (time.map { " at \($0)" } ?? "")
        case .accountRemoval(_, let time): return "removal at \(time)"
        case .notice: return "notice"
        case .invalid: return "invalid"
        }
    }
}
