import Links

/// Tweets and stream messages of Twitter's API 1.1, in every mode the text came in; pages of them
/// (`statuses`), and those of the archive of one's own that X hands out (`tweet`, `noteTweet`).
public struct V1Decoder: PostDecoder, MessageDecoder {
    let grammar: Grammar
    let identity: Identity
    private let links: LinkRules?
    private let reader = MessageReader()

    init(grammar: Grammar, identity: Identity, links: LinkRules?) {
        self.grammar = grammar
        self.identity = identity
        self.links = links
    }

    public func prepare(_ lines: UnsafeBufferPointer<UInt8>) { reader.prepare(lines) }

    public func read(_ record: Record, to sink: inout some EventSink) -> Bool {
        guard let event = reader.event(of: record, by: self) else { return false }
        if case .notice = event, let page = reader.page("statuses", of: record) {
            for status in page { sink.record(self.event(of: status)) }
        } else {
            sink.record(event)
        }
        return true
    }

    func event<Node: JSONNode>(of message: Node) -> StreamEvent {
        var status = StatusFields<Node>()
        var deleted: Node?
        var (archived, note): (Node?, Node?)
        for (key, value) in message.members {
            switch key {
            case "delete": deleted = value
            case "retweeted_status": status.retweeted = value.isObject ? value : nil
            case "user": status.user = value
            case "tweet": archived = value.isObject ? value : nil
            case "noteTweet": note = value
            case "timestamp_ms": status.timestamp = value.text?.number ?? value.wrappedNumber
            case "created_at": status.created = value
            default: status.take(key, value)
            }
        }
        if let deleted { return deletion(deleted) }
        guard let id = status.id, status.hasText else {
            return archived.map { event(of: $0) } ?? note.flatMap(longText) ?? .notice
        }
        var post = Post()
        post.id = identity(id)
        post.author = status.user.flatMap(author)
        post.time = time(of: status, id: id)
        post.isRepost = status.retweeted != nil
        var original = status
        if let retweeted = status.retweeted {
            original = StatusFields()
            for (key, value) in retweeted.members { original.take(key, value) }
        }
        post.languages = Languages(original.language.flatMap(Language.init))
        post.isSensitive = status.isSensitive || original.isSensitive
        (post.tags, post.wasScanned) = tags(of: original)
        if let links, !post.tags.isEmpty, !post.isSensitive {
            post.links =
                entities(of: original).map { LinkCollection.links(in: $0, by: links) } ?? []
        }
        return .post(post)
    }

    private func deletion(_ value: some JSONNode) -> StreamEvent {
        guard let status = value["status"], let id = PlatformID(status["id_str"], status["id"])
        else { return .notice }
        let time = value["timestamp_ms"].flatMap { $0.text?.number ?? $0.wrappedNumber }
            .flatMap(PlatformTime.milliseconds)
        return .deletion(post: identity(id), revision: nil, time: time)
    }

    /// A long text, which the archive keeps beside the tweet that shows its beginning.
    private func longText(_ note: some JSONNode) -> StreamEvent? {
        guard let id = PlatformID(note["noteTweetId"]), let core = note["core"], core.isObject
        else { return nil }
        var post = Post()
        post.id = identity(id)
        post.time = note["createdAt"].flatMap { PlatformTime.of($0, PlatformTime.rfc3339) }
        if let hashtags = core["hashtags"], hashtags.isArray {
            post.tags = hashtags.elements.compactMap { $0["text"]?.text?.string }
        } else {
            post.tags = core["text"]?.text.map { grammar.hashtags(in: $0) } ?? []
            post.wasScanned = true
        }
        return .post(post)
    }

    private func author<Node: JSONNode>(_ user: Node) -> UInt64? {
        var (text, number): (Node?, Node?)
        for (key, value) in user.members {
            switch key {
            case "id_str": text = value
            case "id": number = value
            default: break
            }
        }
        return PlatformID(text, number).map { identity($0) }
    }

    private func time(of status: StatusFields<some JSONNode>, id: PlatformID) -> Int64? {
        status.timestamp.flatMap(PlatformTime.milliseconds)
            ?? status.created.flatMap { PlatformTime.of($0, PlatformTime.twitter) }
            ?? id.number.flatMap(PlatformTime.snowflake)
    }

    /// The hashtags of the long form if there is one.
    private func tags(of status: StatusFields<some JSONNode>) -> ([String], wasScanned: Bool) {
        if let entities = entities(of: status), entities.isObject {
            let hashtags = entities["hashtags"]?.elements.compactMap { $0["text"]?.text?.string }
            return (hashtags ?? [], false)
        }
        let text = long(of: status).map { $0["full_text"]?.text } ?? status.text
        return (text.map { grammar.hashtags(in: $0, isEscaped: true) } ?? [], true)
    }

    /// Those of the long form if there is one.
    private func entities<Node: JSONNode>(of status: StatusFields<Node>) -> Node? {
        long(of: status).map { $0["entities"] } ?? status.entities
    }

    private func long<Node: JSONNode>(of status: StatusFields<Node>) -> Node? {
        status.extended.flatMap { form in
            form["entities"]?.isObject == true || form["full_text"]?.isText == true ? form : nil
        }
    }
}

/// The members of a tweet that counting needs, gathered in one pass.
private struct StatusFields<Node: JSONNode> {
    private var idText: Node?
    private var idNumber: Node?
    private var shortText: Node?
    private var fullText: Node?
    var entities: Node?
    var extended: Node?
    var language: JSONText?
    var isSensitive = false
    var retweeted: Node?
    var user: Node?
    var timestamp: UInt64?
    var created: Node?

    var id: PlatformID? { PlatformID(idText, idNumber) }
    var hasText: Bool { fullText != nil || shortText != nil }
    var text: JSONText? { fullText?.text ?? shortText?.text }

    mutating func take(_ key: JSONText, _ value: Node) {
        switch key {
        case "id_str": idText = value
        case "id": idNumber = value
        case "text": shortText = value.isText || value.isNull ? value : nil
        case "full_text": fullText = value.isText || value.isNull ? value : nil
        case "entities": entities = value
        case "extended_tweet": extended = value.isObject ? value : nil
        case "lang": language = value.text
        case "possibly_sensitive": isSensitive = value.isTrue
        default: break
        }
    }
}
