import Folding
import Links

/// Statuses of Mastodon and its kin: bare as the REST API gives them, in server-sent events, and in
/// WebSocket envelopes whose payload is a string of JSON (an object on the server's own bus).
public struct MastodonDecoder: PostDecoder {
    let grammar: Grammar
    let identity: Identity
    /// The domain of the server that the statuses come from. With it a post is known by its `uri`, an
    /// account by its handle, and of two versions the one edited last holds, so that the copies of a
    /// post on several servers are one. Without it the ids of the recording count.
    private let domain: String?
    /// The domain in the handles of the server's own accounts, which need not be its own; nil if it
    /// could not be learnt.
    private let accountDomain: DomainName?
    private let links: LinkRules?
    /// With a domain: the posts that the server's own ids, as deletions have them, stand for.
    private let delivered = DeliveredIDs()
    /// What the server said besides posts.
    public let talk = StreamTalk()
    private let parser = JSONParser()

    /// With `links`, posts tell the addresses that they give.
    public init(
        grammar: Grammar, identity: Identity, domain: String? = nil, accountDomain: String? = nil,
        links: LinkRules? = nil
    ) {
        self.grammar = grammar
        self.identity = identity
        self.domain = domain
        self.accountDomain = accountDomain.map(DomainName.init)
        self.links = links
    }

    /// What one status of the REST API says, and what it takes to go on from there.
    public struct Item {
        public var event: StreamEvent
        /// Nil if the item is no status.
        public var id: String?
    }

    /// A status of the REST API.
    public func item(_ record: Record) -> Item {
        guard let value = parser.parse(record) else { return Item(event: .invalid) }
        return Item(
            event: status(value, isEdit: false), id: PlatformID(value["id"])?.string)
    }

    public func read(_ record: Record, to sink: inout some EventSink) -> Bool {
        let kind = record.event.map(Kind.init)
        // The data of other events need not be JSON: `undefined` has been seen.
        if kind == .other {
            if let name = record.event, name == "error" {
                talk.refuse(parser.parse(record)?["status"])
            } else {
                talk.takeEvent()
            }
            sink.record(record.text == nil ? .invalid : .notice)
        } else if kind == .deletion, let id = record.text.flatMap(JSONText.init),
            id.bytes.allSatisfy(isBareID)
        {
            sink.record(deletion(of: .text(id)))
        } else if let value = parser.parse(record) {
            pass(value, of: kind, to: &sink)
        } else {
            return false
        }
        return true
    }

    private func pass(_ value: JSONValue, of kind: Kind?, to sink: inout some EventSink) {
        if let kind { return sink.record(event(kind, value)) }
        if let name = value["event"]?.text, let payload = value["payload"] {
            return sink.record(enveloped(name, payload))
        }
        // A page, as a search gives it.
        if let statuses = value["statuses"], statuses.isArray, value["id"] == nil {
            for element in statuses.elements { sink.record(status(element, isEdit: false)) }
        } else {
            sink.record(status(value, isEdit: false))
        }
    }

    /// An id stands bare in an event of its own, and need not be a number.
    private func isBareID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private enum Kind {
        case update, edit, deletion, other

        init(_ name: JSONText) {
            self =
                switch name {
                case "update", "message": .update
                case "status.update": .edit
                case "delete": .deletion
                default: .other
                }
        }
    }

    private func enveloped(_ name: JSONText, _ payload: JSONValue) -> StreamEvent {
        let kind = Kind(name)
        guard kind != .other else {
            hear(name, payload)
            return .notice
        }
        guard kind != .deletion, let nested = payload.text else { return event(kind, payload) }
        return parser.parse(nested: nested).map { event(kind, $0) } ?? .invalid
    }

    /// Pleroma and Akkoma answer a subscription by an event of its own (pleroma, StreamerView).
    private func hear(_ name: JSONText, _ payload: JSONValue) {
        switch name {
        case "error", "respond", "pleroma:respond":
            let answer = payload.text.flatMap(parser.parse(nested:)) ?? payload
            let error = answer["error"]
            if let reason = error?.text, reason == "unauthorized" {
                talk.refuse(status: 401)
            } else if name == "error" || error?.isNull == false {
                talk.refuse(answer["status"])
            } else {
                talk.takeEvent()
            }
        default: talk.takeEvent()
        }
    }

    private func event(_ kind: Kind, _ value: JSONValue) -> StreamEvent {
        switch kind {
        case .update: status(value, isEdit: false)
        case .edit: status(value, isEdit: true)
        case .deletion:
            PlatformID(value).map(deletion) ?? .notice
        case .other: .notice
        }
    }

    private func deletion(of id: PlatformID) -> StreamEvent {
        let post = domain.map { delivered[identity(id, of: $0)] ?? identity(id, of: $0) }
        return .deletion(post: post ?? identity(id), revision: nil, time: nil)
    }

    private func status(_ status: JSONValue, isEdit: Bool) -> StreamEvent {
        // Pixelfed has no content where there is no caption.
        guard let id = PlatformID(status["id"]), let content = status["content"],
            content.isText || content.isNull
        else {
            if let error = status["error"] ?? status["errors"], !error.isNull {
                talk.refuse(status["status"])
            }
            return .notice
        }
        let account = status["account"]
        let reblog = status["reblog"].flatMap { $0.isObject ? $0 : nil }
        let source = reblog ?? status
        // An edit that does not say when is another version all the same.
        let edited = time(status["edited_at"]).map { UInt64(clamping: $0) } ?? (isEdit ? 1 : 0)
        var post = Post()
        if let domain {
            let local = identity(id, of: domain)
            post.id = status["uri"]?.text.map { identity($0) } ?? local
            delivered[local] = post.id
            post.author = author(account, on: domain)
            post.revision = edited
        } else {
            post.id = identity(id)
            post.author = PlatformID(account?["id"]).map { identity($0) }
            post.version = edited
        }
        post.time = time(status["created_at"])
        post.languages = Languages(source["language"]?.text.flatMap(Language.init))
        post.isRepost = reblog != nil
        post.isEdit = isEdit
        post.isSensitive =
            status["sensitive"]?.isTrue == true || source["sensitive"]?.isTrue == true
        post.isBot = account?["bot"]?.isTrue == true
        if let tags = source["tags"], tags.isArray {
            post.tags = tags.elements.compactMap { $0["name"]?.text?.string }
        } else {
            post.tags =
                source["content"]?.text
                .map { grammar.hashtags(in: PlainText.of(html: $0.string)) } ?? []
            post.wasScanned = true
        }
        if let links, !post.tags.isEmpty, !post.isSensitive, !post.isBot {
            var found = LinkCollection(links, on: .mastodon)
            for address in source["content"]?.text.map({ Anchors.addresses(in: $0.string) }) ?? [] {
                found.add(address)
            }
            if let card = source["card"] {
                found.add(card["url"]?.text?.string, title: card["title"]?.text?.string)
            }
            post.links = found.links
        }
        return .post(post)
    }

    private func time(_ value: JSONValue?) -> Int64? {
        value.flatMap { PlatformTime.of($0, PlatformTime.rfc3339) }
    }

    /// By the handle, of which `acct` names the domain of accounts of other servers alone; else by the
    /// address that all servers know the account by.
    private func author(_ account: JSONValue?, on domain: String) -> UInt64? {
        func text(_ value: JSONValue?) -> String? {
            value?.text.flatMap { $0.count > 0 ? $0.string : nil }
        }
        let name = text(account?["acct"])
        if let name, let at = name.utf8.lastIndex(of: UInt8(ascii: "@")) {
            let host = DomainName(String(name[name.utf8.index(after: at)...]))
            return identity("\(name[..<at].lowercased())@\(host.text)")
        }
        if let name, let accountDomain {
            return identity("\(name.lowercased())@\(accountDomain.text)")
        }
        if let address = text(account?["uri"]) ?? text(account?["url"]) { return identity(address) }
        return name.map { identity("\($0.lowercased())@\(DomainName(domain).text)") }
            ?? PlatformID(account?["id"]).map { identity($0, of: domain) }
    }
}
