@testable import Decode
@testable import Hashtags
@testable import Links
@testable import Tally

/// Counts by docs/counting.md, slowly and plainly: everything is kept, and judged at the end.
///
/// Shares with the fast way the key of a tag, the grammars, the primary subtag of a language and the
/// order of revisions, which have tests of their own.
struct ReferenceCount {
    struct Version {
        var id, author: String?
        var time: UInt64?
        var revision: UInt64?
        /// Without a revision: what tells two versions apart.
        var edition: String?
        var tags: [String] = []
        /// As delivered, with titles.
        var links: [(address: String, title: String)] = []
        var languages: [String] = []
        var isRepost = false, isEdit = false, isSensitive = false, isBot = false
    }

    enum Event {
        case version(Version)
        case deletion(id: String, revision: UInt64?)
        case removal(author: String, time: UInt64)
        case notice
    }

    var rules: CountingRules
    private(set) var events: [Event] = []

    init(rules: CountingRules) { self.rules = rules }

    mutating func add(_ line: JSON, as format: PostFormat) {
        switch format {
        case .jetstream: events.append(jetstream(line))
        case .v1: events.append(v1(line))
        default: events.append(mastodon(line))
        }
    }

    /// The versions that count.
    private var counted: [Version] {
        var ids: [String] = []
        for case .version(let version) in events {
            if let id = version.id, !ids.contains(id) { ids.append(id) }
        }
        return ids.map(held).filter { removal($0) == nil && reason($0) == nil }
    }

    /// What of a post the context of its hashtags follows from; keys in hexadecimal.
    private struct ContextPost {
        var author: String?
        var keys: [String]
        var links: [PostLink]

        func gives(_ address: String) -> Bool { links.contains { $0.address == address } }

        func gives(_ address: String, title: String) -> Bool {
            links.contains { $0.address == address && ReferenceCount.hex($0.title) == title }
        }
    }

    /// What the fast way's context of these keys is compared by, in hexadecimal: others and addresses with their
    /// accounts.
    func context(of keys: [String], on network: Network) -> [String] {
        let all = counted.map { version in
            ContextPost(
                author: version.author, keys: distinct(version.tags).map { hex($0.key) },
                links: links(of: version, on: network))
        }
        let listed = keys.map(hex)
        var lines: [String] = []
        for key in listed {
            let posts = all.filter { $0.keys.contains(key) }
            lines += related(to: key, posts, listed: listed)
            lines += links(with: key, posts)
        }
        return lines
    }

    private func accounts(_ posts: [ContextPost]) -> Int { Set(posts.compactMap(\.author)).count }

    /// Texts by the accounts of the posts that have them, most first.
    private func ranked(
        _ texts: Set<String>, _ posts: [ContextPost], _ has: (ContextPost, String) -> Bool
    ) -> [(text: String, accounts: Int)] {
        var ranked: [(text: String, accounts: Int)] = []
        for text in texts { ranked.append((text, accounts(posts.filter { has($0, text) }))) }
        return ranked.sorted { one, other in
            one.accounts == other.accounts
                ? hex(one.text) < hex(other.text) : one.accounts > other.accounts
        }
    }

    private func related(to key: String, _ posts: [ContextPost], listed: [String]) -> [String] {
        let others = Set(posts.flatMap(\.keys)).subtracting([key])
        var lines: [String] = []
        for (place, other) in ranked(others, posts, { $0.keys.contains($1) }).enumerated() {
            let isKept = place < 10 || listed.contains(other.text) && other.accounts >= 3
            if isKept, other.accounts > 0 { lines.append("\(key) \(other.text) \(other.accounts)") }
        }
        return lines
    }

    private func links(with key: String, _ posts: [ContextPost]) -> [String] {
        let share = (Double(accounts(posts)) / 20).rounded(.up)
        let least = max(rules.context?.minimumAccounts ?? 5, Int(share))
        let addresses = Set(posts.flatMap(\.links).map(\.address))
        var strongest: [String: Int] = [:]
        var lines: [String] = []
        for given in ranked(addresses, posts, { $0.gives($1) }) where given.accounts >= least {
            let host = String(given.text.dropFirst(8).prefix { !"/?".contains($0) })
            guard given.accounts >= strongest[host] ?? 0 else { continue }
            strongest[host] = given.accounts
            let titles = Set(
                posts.flatMap(\.links).filter { $0.address == given.text }.map { hex($0.title) })
            let title = ranked(titles.subtracting([""]), posts) {
                $0.gives(given.text, title: $1)
            }.first { $0.accounts >= least }
            lines.append("\(key) \(given.text) [\(title?.text ?? "")] \(given.accounts)")
        }
        return Array(lines.prefix(5))
    }

    /// Those that count, each once, with its first title.
    private func links(of version: Version, on network: Network) -> [PostLink] {
        if version.isSensitive || version.isBot { return [] }
        var found: [PostLink] = []
        for link in version.links {
            guard let address = LinkAddress(link.address),
                rules.context?.links?.allow(address, on: network) == true
            else { continue }
            let link = PostLink(address: address.text, title: link.title)
            if let known = found.firstIndex(where: { $0.address == link.address }) {
                if found[known].title.isEmpty { found[known].title = link.title }
            } else {
                found.append(link)
            }
        }
        return found
    }

    /// What the fast way is compared by: counts, and the list with keys, spellings, posts, accounts.
    func result() -> [String] {
        var lines: [String] = []
        var dropped: [String: Int] = [:]
        var ids: [String] = []
        var duplicates = 0
        var versions: Set<String> = []
        for case .version(let version) in events {
            if let id = version.id, !ids.contains(id) { ids.append(id) }
            let edition = version.revision.map { "\($0)" } ?? version.edition ?? ""
            if !versions.insert("\(version.id ?? "") \(edition)").inserted { duplicates += 1 }
        }
        lines.append("duplicates \(duplicates)")
        for id in ids {
            let held = held(id)
            if let reason = removal(held) ?? reason(held) { dropped[reason, default: 0] += 1 }
        }
        let counted = counted
        var posts: [String: Int] = [:]
        var people: [String: Set<String>] = [:]
        var spellings: [String: [String: Int]] = [:]
        var tagged = 0
        for version in counted {
            let tags = distinct(version.tags)
            if !tags.isEmpty { tagged += 1 }
            for tag in tags {
                posts[hex(tag.key), default: 0] += 1
                if let author = version.author { people[hex(tag.key), default: []].insert(author) }
                spellings[hex(tag.key), default: [:]][hex(tag.spelling), default: 0] += 1
            }
        }
        lines.append(
            "posts \(counted.count) tagged \(tagged) accounts \(Set(counted.compactMap(\.author)).count)"
        )
        lines += dropped.map { "\($0) \($1)" }.sorted()
        let ranked = posts.keys.sorted { one, two in
            let (a, b) = (
                (people[one]?.count ?? 0, posts[one] ?? 0),
                (people[two]?.count ?? 0, posts[two] ?? 0)
            )
            return a != b ? a > b : one < two
        }
        for key in ranked {
            let spelling = spellings[key]?.sorted {
                $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key
            }.first?.key
            lines.append("\(key) \(spelling ?? "") \(posts[key] ?? 0) \(people[key]?.count ?? 0)")
        }
        return lines
    }

    /// UTF-8 in hexadecimal: its order is that of the scalars, and no normal form is hidden.
    static func hex(_ text: String) -> String {
        text.utf8.map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
    }
    private func hex(_ text: String) -> String { Self.hex(text) }

    private func distinct(_ tags: [String]) -> [Hashtag] {
        var found: [Hashtag] = []
        for tag in tags.compactMap({ try? Hashtag(delivered: $0) })
        where !found.contains(where: { hex($0.key) == hex(tag.key) }) { found.append(tag) }
        return found
    }

    private func held(_ id: String) -> Version {
        var held = Version()
        for case .version(let version) in events where version.id == id {
            if let old = held.revision, let new = version.revision, new <= old { continue }
            held = version
        }
        return held
    }

    /// A deletion comes before the removal of the account, whichever was told of first.
    private func removal(_ held: Version) -> String? {
        guard !rules.keepDeleted else { return nil }
        let isDeleted = events.contains { event in
            guard case .deletion(held.id, let revision) = event else { return false }
            return revision.flatMap { revision in held.revision.map { $0 < revision } } ?? true
        }
        let isRemoved = events.contains { event in
            guard case .removal(let author, let time) = event, author == held.author else {
                return false
            }
            return held.time.map { $0 <= time } ?? true
        }
        return isDeleted ? "deleted" : isRemoved ? "removed with account" : nil
    }

    private func reason(_ version: Version) -> String? {
        if version.isRepost && !rules.includeReposts { return "repost" }
        if let wanted = rules.languages,
            !version.languages.contains(where: { code in wanted.contains { "\($0)" == code } })
        {
            return "language"
        }
        if rules.maxTags > 0, distinct(version.tags).count > rules.maxTags { return "max_tags" }
        if version.isSensitive && !rules.includeSensitive { return "sensitive" }
        if version.isBot && !rules.includeBots { return "bot" }
        return nil
    }

    private func language(_ value: JSON?) -> [String] {
        value?.string.flatMap { Language($0) }.map { ["\($0)"] } ?? []
    }

    /// An id, the same for a number and the text that spells it.
    private func id(_ candidates: JSON?...) -> String? {
        for case let candidate? in candidates {
            if let text = candidate.string, !text.isEmpty { return text }
            if let number = candidate.natural { return "\(number)" }
        }
        return nil
    }

    private func order(_ revision: String) -> UInt64 {
        Array(revision.utf8).withUnsafeBufferPointer { JSONText($0).map(RecordRevision.order) ?? 0 }
    }

    private func jetstream(_ event: JSON) -> Event {
        guard let did = event["did"]?.string else { return .notice }
        let time = event["time_us"]?.natural.flatMap { $0 <= UInt64(Int64.max) ? $0 : nil }
        guard let commit = event["commit"] else {
            guard let account = event["account"], let time, account["active"]?.isFalse == true,
                ["deleted", "takendown", "suspended"].contains(account["status"]?.string)
            else { return .notice }
            return .removal(author: did, time: time)
        }
        // Every `collection` of a damaged event must be that of posts.
        guard case .object(let members) = commit,
            members.contains(where: { $0.name == "collection" }),
            members.allSatisfy({
                $0.name != "collection" || $0.value.string == "app.bsky.feed.post"
            }),
            let revision = commit["rev"]?.string.map(order),
            let operation = commit["operation"]?.string,
            let key = commit["rkey"]?.string
        else { return .notice }
        let id = did + "/" + key
        if operation == "delete" { return .deletion(id: id, revision: revision) }
        guard operation == "create" || operation == "update", let record = commit["record"],
            record.isObject
        else { return .notice }
        var version = Version(
            id: id, author: did, time: time, revision: revision, isEdit: operation == "update")
        version.languages = record["langs"]?.elements?.flatMap { language($0) } ?? []
        let labels = record["labels"]?["values"]?.elements ?? []
        version.isSensitive = labels.contains {
            ["porn", "sexual", "nudity", "graphic-media"].contains($0["val"]?.string)
        }
        let linked = record["facets"]?.elements?.flatMap { $0["features"]?.elements ?? [] } ?? []
        version.links = linked.filter {
            $0["$type"]?.string == "app.bsky.richtext.facet#link"
        }.compactMap { $0["uri"]?.string }.map { ($0, "") }
        let external = record["embed"]?["external"] ?? record["embed"]?["media"]?["external"]
        if let address = external?["uri"]?.string {
            version.links.append((address, external?["title"]?.string ?? ""))
        }
        if record["facets"]?.elements == nil && record["tags"]?.elements == nil {
            version.tags = record["text"]?.string.map { Grammar.bluesky.hashtags(in: $0) } ?? []
        } else {
            let features =
                record["facets"]?.elements?.flatMap { $0["features"]?.elements ?? [] } ?? []
            version.tags = features.filter { $0["$type"]?.string == "app.bsky.richtext.facet#tag" }
                .compactMap { $0["tag"]?.string }
            version.tags += record["tags"]?.elements?.compactMap(\.string) ?? []
        }
        return .version(version)
    }

    private func v1(_ message: JSON) -> Event {
        if let deletion = message["delete"] {
            return id(deletion["status"]?["id_str"], deletion["status"]?["id"]).map {
                .deletion(id: $0, revision: nil)
            } ?? .notice
        }
        guard let id = id(message["id_str"], message["id"]), message["text"]?.isText == true else {
            return .notice
        }
        let original = message["retweeted_status"].flatMap { $0.isObject ? $0 : nil }
        let source = original ?? message
        var version = Version(
            id: id, author: self.id(message["user"]?["id_str"], message["user"]?["id"]))
        version.isRepost = original != nil
        version.languages = language(source["lang"])
        version.isSensitive =
            message["possibly_sensitive"]?.isTrue == true
            || source["possibly_sensitive"]?.isTrue == true
        let long = source["extended_tweet"].flatMap {
            $0["entities"]?.isObject == true || $0["full_text"]?.string != nil ? $0 : nil
        }
        for url in (long ?? source)["entities"]?["urls"]?.elements ?? [] {
            let address = url["unwound_url"] ?? url["unwound"]?["url"] ?? url["expanded_url"]
            let title = url["title"] ?? url["unwound"]?["title"]
            if let address = address?.string {
                version.links.append((address, title?.string ?? ""))
            }
        }
        if let entities = (long ?? source)["entities"], entities.isObject {
            version.tags = entities["hashtags"]?.elements?.compactMap { $0["text"]?.string } ?? []
        } else {
            let text = long.map { $0["full_text"]?.string } ?? source["text"]?.string
            version.tags = text.map { Grammar.twitter.hashtags(in: $0) } ?? []
        }
        return .version(version)
    }

    private func mastodon(_ message: JSON) -> Event {
        guard let event = message["event"]?.string, let payload = message["payload"] else {
            return status(message, isEdit: false)
        }
        switch event {
        case "delete": return id(payload).map { .deletion(id: $0, revision: nil) } ?? .notice
        // A payload of text was written from a value: the generator's own.
        case "update", "status.update":
            return payload.string == nil
                ? status(payload, isEdit: event == "status.update") : .notice
        default: return .notice
        }
    }

    private func status(_ status: JSON, isEdit: Bool) -> Event {
        guard let id = id(status["id"]), status["content"]?.isText == true else { return .notice }
        let reblog = status["reblog"].flatMap { $0.isObject ? $0 : nil }
        let source = reblog ?? status
        var version = Version(id: id, author: self.id(status["account"]?["id"]), isEdit: isEdit)
        version.edition = status["edited_at"]?.string ?? (isEdit ? "edit" : nil)
        version.isRepost = reblog != nil
        version.languages = language(source["language"])
        version.isSensitive =
            status["sensitive"]?.isTrue == true || source["sensitive"]?.isTrue == true
        version.isBot = status["account"]?["bot"]?.isTrue == true
        // The generator writes anchors in one form alone.
        let parts =
            source["content"]?.string.map { $0.split(separator: "class=\"plain\" href=\"") } ?? []
        version.links = parts.dropFirst().map { (String($0.prefix { $0 != "\"" }), "") }
        if let card = source["card"], let address = card["url"]?.string {
            version.links.append((address, card["title"]?.string ?? ""))
        }
        version.tags =
            source["tags"]?.elements?.compactMap { $0["name"]?.string }
            ?? source["content"]?.string.map {
                Grammar.mastodon.hashtags(in: PlainText.of(html: $0))
            } ?? []
        return .version(version)
    }
}
