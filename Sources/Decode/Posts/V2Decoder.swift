import Links

/// Posts of X's API 2: streamed messages and search pages, `data` with `includes`, and posts without
/// such an envelope.
public struct V2Decoder: PostDecoder {
    let grammar: Grammar
    let identity: Identity
    private let links: LinkRules?
    private let parser = JSONParser()

    init(grammar: Grammar, identity: Identity, links: LinkRules?) {
        self.grammar = grammar
        self.identity = identity
        self.links = links
    }

    public func read(_ record: Record, to sink: inout some EventSink) -> Bool {
        guard let message = parser.parse(record) else { return false }
        let data = message["data"] ?? message
        var included = Included(posts: message["includes"]?["tweets"])
        if data.isArray {
            for post in data.elements { sink.record(event(post, included: &included)) }
        } else {
            sink.record(event(data, included: &included))
        }
        return true
    }

    /// The posts delivered along, found by id; looked through once, when first needed.
    private struct Included {
        let posts: JSONValue?
        var byID: [UInt64: JSONValue]?
    }

    private func event(_ data: JSONValue, included: inout Included) -> StreamEvent {
        guard let id = PlatformID(data["id"]), let text = data["text"], text.isText || text.isNull
        else { return .notice }
        let firstVersion = data.elements(of: "edit_history_tweet_ids").first { _ in true }
        let retweet = retweet(in: data)
        var post = Post()
        post.id = identity(PlatformID(firstVersion) ?? id)
        post.version = identity(id)
        post.isEdit = post.version != post.id
        post.author = PlatformID(data["author_id"]).map { identity($0) }
        post.time =
            data["created_at"].flatMap { PlatformTime.of($0, PlatformTime.rfc3339) }
            ?? id.number.flatMap(PlatformTime.snowflake)
        post.isRepost = retweet != nil
        let source = retweet.flatMap { original(of: $0, among: &included) } ?? data
        post.languages = Languages(source["lang"]?.text.flatMap(Language.init))
        post.isSensitive = isSensitive(data) || isSensitive(source)
        (post.tags, post.wasScanned) = tags(of: source)
        if let links, !post.tags.isEmpty, !post.isSensitive {
            post.links =
                form(of: source)["entities"].map { LinkCollection.links(in: $0, by: links) } ?? []
        }
        return .post(post)
    }

    /// The reference that makes the post a repost.
    private func retweet(in data: JSONValue) -> JSONValue? {
        data.elements(of: "referenced_tweets").first { reference in
            reference["type"]?.text.map { $0 == "retweeted" } ?? false
        }
    }

    /// The reposted post, if it was delivered along; some keep it in the reference itself.
    private func original(of reference: JSONValue, among included: inout Included) -> JSONValue? {
        if reference["text"] != nil { return reference }
        guard let id = PlatformID(reference["id"]), let posts = included.posts else { return nil }
        let byID =
            included.byID
            ?? Dictionary(
                posts.elements.compactMap { post in
                    PlatformID(post["id"]).map { (identity($0), post) }
                }, uniquingKeysWith: { first, _ in first })
        included.byID = byID
        return byID[identity(id)]
    }

    private func isSensitive(_ post: JSONValue) -> Bool {
        post["possibly_sensitive"]?.isTrue ?? false
    }

    /// The hashtags of the long form if there is one.
    private func tags(of post: JSONValue) -> ([String], wasScanned: Bool) {
        let form = form(of: post)
        if let entities = form["entities"], entities.isObject {
            let hashtags = entities["hashtags"]?.elements.compactMap { $0["tag"]?.text?.string }
            return (hashtags ?? [], false)
        }
        return (form["text"]?.text.map { grammar.hashtags(in: $0, isEscaped: true) } ?? [], true)
    }

    private func form(of post: JSONValue) -> JSONValue {
        post["note_tweet"].flatMap { note in
            note["entities"]?.isObject == true || note["text"]?.isText == true ? note : nil
        } ?? post
    }
}
