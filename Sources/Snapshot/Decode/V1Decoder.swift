/// Tweets and stream messages of Twitter's API 1.1, in every mode the text came in.
struct V1Decoder: PostDecoder {
    let grammar: Grammar
    let identity: Identity
    private let parser = JSONParser()

    init(grammar: Grammar, identity: Identity) {
        self.grammar = grammar
        self.identity = identity
    }

    func decode(_ record: Record, to sink: inout some EventSink) {
        guard let message = parser.parse(record) else { return sink.record(.invalid) }
        sink.record(event(message))
    }

    private func event(_ message: JSONValue) -> StreamEvent {
        var status = StatusFields()
        var deleted: JSONValue?
        for (key, value) in message.members {
            switch key {
            case "delete": deleted = value
            case "retweeted_status": status.retweeted = value.isObject ? value : nil
            case "user": status.user = value
            case "timestamp_ms": status.timestamp = value.text?.number
            case "created_at": status.created = value.text
            default: status.take(key, value)
            }
        }
        if let deleted { return deletion(deleted) }
        guard let id = status.id, status.text != nil else { return .notice }
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
        post.languages = original.language.flatMap(Language.init).map { [$0] } ?? []
        post.isSensitive = status.isSensitive || original.isSensitive
        (post.tags, post.wasScanned) = tags(of: original)
        return .post(post)
    }

    private func deletion(_ value: JSONValue) -> StreamEvent {
        guard let status = value["status"], let id = PlatformID(status["id_str"], status["id"])
        else { return .notice }
        let time = value["timestamp_ms"]?.text?.number.flatMap(PlatformTime.milliseconds)
        return .deletion(post: identity(id), revision: nil, time: time)
    }

    private func author(_ user: JSONValue) -> UInt64? {
        PlatformID(user["id_str"], user["id"]).map { identity($0) }
    }

    private func time(of status: StatusFields, id: PlatformID) -> Int64? {
        status.timestamp.flatMap(PlatformTime.milliseconds)
            ?? status.created.flatMap(PlatformTime.twitter)
            ?? id.number.flatMap(PlatformTime.snowflake)
    }

    /// The hashtags of the long form if there is one.
    private func tags(of status: StatusFields) -> ([String], wasScanned: Bool) {
        let long = status.extended
        let entities = long.map { $0["entities"] } ?? status.entities
        if let entities, entities.isObject {
            let hashtags = entities["hashtags"]?.elements.compactMap { $0["text"]?.text?.string }
            return (hashtags ?? [], false)
        }
        let text = long.map { $0["full_text"]?.text } ?? status.text
        return (text.map { grammar.hashtags(in: $0) } ?? [], true)
    }
}

/// The members of a tweet that counting needs, gathered in one pass.
private struct StatusFields {
    private var idText: JSONValue?
    private var idNumber: JSONValue?
    private var shortText: JSONText?
    private var fullText: JSONText?
    var entities: JSONValue?
    var extended: JSONValue?
    var language: JSONText?
    var isSensitive = false
    var retweeted: JSONValue?
    var user: JSONValue?
    var timestamp: UInt64?
    var created: JSONText?

    var id: PlatformID? { PlatformID(idText, idNumber) }
    var text: JSONText? { fullText ?? shortText }

    mutating func take(_ key: JSONText, _ value: JSONValue) {
        switch key {
        case "id_str": idText = value
        case "id": idNumber = value
        case "text": shortText = value.text
        case "full_text": fullText = value.text
        case "entities": entities = value
        case "extended_tweet": extended = value.isObject ? value : nil
        case "lang": language = value.text
        case "possibly_sensitive": isSensitive = value.isTrue
        default: break
        }
    }
}
