import Links

/// Events of Bluesky's Jetstream: version 1, and version 2 (lexicon
/// network.bsky.jetstream.subscribeEvents), which wraps them in messages and names things otherwise.
public struct JetstreamDecoder: PostDecoder, MessageDecoder {
    let grammar: Grammar
    let identity: Identity
    private let links: LinkRules?
    private let reader = MessageReader()

    /// With `links`, posts tell the addresses that they give.
    public init(grammar: Grammar, identity: Identity, links: LinkRules? = nil) {
        self.grammar = grammar
        self.identity = identity
        self.links = links
    }

    public func prepare(_ lines: UnsafeBufferPointer<UInt8>) { reader.prepare(lines) }

    public func read(_ record: Record, to sink: inout some EventSink) -> Bool {
        guard let event = reader.event(of: record, by: self) else { return false }
        sink.record(event)
        return true
    }

    @inline(__always)
    func isNotice(_ tokens: inout JSONTokens, upTo end: Int) -> Bool {
        JetstreamSkim.isNotice(&tokens, end)
    }

    func event<Node: JSONNode>(of message: Node) -> StreamEvent {
        var did: JSONText?
        var time: Int64?
        var commit: Node?
        var account: Node?
        var payload: Node?
        for (key, value) in message.members {
            switch key {
            case "did": did = value.text
            case "time_us":
                time = (value.number ?? value.wrappedNumber).flatMap { Int64(exactly: $0) }
            case "commit": commit = value
            case "account": account = value
            case "payload": payload = value
            default: break
            }
        }
        guard let did else { return payload.map { second($0) } ?? .notice }
        if let commit { return self.commit(commit, did: did, time: time) }
        if let account, let time { return removal(account, did: did, time: time) }
        return .notice
    }

    /// The event of a version 2 message: what is inside `commit` in version 1 lies beside the rest.
    private func second(_ payload: some JSONNode) -> StreamEvent {
        guard let did = payload["did"]?.text, let type = payload["$type"]?.text else {
            return .notice
        }
        let time = payload["time"].flatMap { PlatformTime.of($0, PlatformTime.rfc3339) }
        if type.hasSuffix("#commit") { return commit(payload, did: did, time: time) }
        if type.hasSuffix("#account"), let account = payload["account"], let time {
            return removal(account, did: did, time: time)
        }
        return .notice
    }

    private func commit<Node: JSONNode>(
        _ commit: Node, did: JSONText, time: Int64?
    ) -> StreamEvent {
        var isPost = false
        var revision: JSONText?
        var operation: JSONText?
        var key: JSONText?
        var record: Node?
        for (name, value) in commit.members {
            switch name {
            case "collection":
                guard let text = value.text, text == "app.bsky.feed.post" else { return .notice }
                isPost = true
            case "rev": revision = value.text
            case "operation": operation = value.text
            case "rkey": key = value.text
            case "record": record = value.isObject ? value : nil
            default: break
            }
        }
        guard isPost, let key, let operation,
            let revision = revision.map(RecordRevision.order)
        else { return .notice }
        let author = identity(did)
        let id = identity(within: author, key)
        switch operation {
        case "delete": return .deletion(post: id, revision: revision, time: time)
        case "create", "update":
            guard let record else { return .notice }
            var post = self.post(record)
            post.id = id
            post.revision = revision
            post.author = author
            post.time = time
            post.isEdit = operation == "update"
            return .post(post)
        default: return .notice
        }
    }

    private func post<Node: JSONNode>(_ record: Node) -> Post {
        var post = Post()
        var (text, facets, tags, embed): (Node?, Node?, Node?, Node?)
        var isStructured = false
        for (key, value) in record.members {
            switch key {
            case "text": text = value
            case "facets":
                facets = value
                isStructured = isStructured || value.isArray
            case "tags":
                tags = value
                isStructured = isStructured || value.isArray
            case "langs":
                post.languages = Languages()
                for element in value.elements {
                    if let language = element.text.flatMap(Language.init) {
                        post.languages.append(language)
                    }
                }
            case "labels": post.isSensitive = isSensitive(value)
            case "embed" where links != nil: embed = value
            default: break
            }
        }
        if isStructured {
            for facet in facets?.elements ?? Node.Elements() {
                for feature in facet.elements(of: "features") {
                    guard let type = feature["$type"]?.text, type == "app.bsky.richtext.facet#tag",
                        let tag = feature["tag"]?.text
                    else { continue }
                    post.tags.append(tag.string)
                }
            }
            if let tags { post.tags += tags.elements.compactMap { $0.text?.string } }
        } else {
            post.tags = text?.text.map { grammar.hashtags(in: $0) } ?? []
            post.wasScanned = true
        }
        if let links, !post.tags.isEmpty, !post.isSensitive {
            post.links = self.links(by: links, facets: facets, embed: embed)
        }
        return post
    }

    /// The addresses that the text is linked with, and the page that is shown below it, beside a quoted post or not.
    private func links<Node: JSONNode>(
        by rules: LinkRules, facets: Node?, embed: Node?
    ) -> [PostLink] {
        var found = LinkCollection(rules, on: .bluesky)
        for facet in facets?.elements ?? Node.Elements() {
            for feature in facet.elements(of: "features") {
                guard let type = feature["$type"]?.text, type == "app.bsky.richtext.facet#link"
                else { continue }
                found.add(feature["uri"]?.text?.string)
            }
        }
        if let external = embed?["external"] ?? embed?["media"]?["external"] {
            found.add(external["uri"]?.text?.string, title: external["title"]?.text?.string)
        }
        return found.links
    }

    private func isSensitive(_ labels: some JSONNode) -> Bool {
        labels.elements(of: "values").contains { label in
            switch label["val"]?.text {
            case "porn"?, "sexual"?, "nudity"?, "graphic-media"?: true
            default: false
            }
        }
    }

    private func removal(_ account: some JSONNode, did: JSONText, time: Int64) -> StreamEvent {
        guard account["active"]?.isFalse == true, let status = account["status"]?.text,
            status == "deleted" || status == "takendown" || status == "suspended"
        else { return .notice }
        return .accountRemoval(author: identity(did), time: time)
    }
}
