import Links

extension Settings {
    struct Filters: Hashable, Sendable {
        /// 0 is no limit.
        let maxTags: Int
        let reposts: Bool
        let deleted: Bool
        let sensitive: Bool
        let bots: Bool
        let block: [String]
        let allow: [String]
    }
}

extension Settings.Filters {
    /// - Parameter others: what holds where a key is not set, in the place of the defaults.
    init(_ keys: inout SettingKeys, or others: Self? = nil) throws(SettingsError) {
        func read<Value>(
            _ name: String, _ own: KeyPath<Self, Value>, _ form: SettingForm<Value>,
            or standard: String, _ meaning: String
        ) throws(SettingsError) -> Value {
            guard let others else { return try keys(name, form, or: standard, meaning) }
            let words = meaning.prefix(1).lowercased() + meaning.dropFirst()
            return try keys(name, form, "Of this source alone: \(words)") ?? others[keyPath: own]
        }
        maxTags = try read(
            "maxTags", \.maxTags, .count(0...1_000), or: "10",
            "A post with more distinct hashtags does not count; 0 for no limit")
        reposts = try read(
            "reposts", \.reposts, .flag, or: "false", "Count reposts as posts of the reposter")
        deleted = try read(
            "deleted", \.deleted, .flag, or: "false", "Keep posts that were deleted in the window")
        sensitive = try read(
            "sensitive", \.sensitive, .flag, or: "false", "Count posts marked as sensitive")
        bots = try read(
            "bots", \.bots, .flag, or: "false", "Count posts of accounts marked as bots")
        block = try read(
            "block", \.block, .list(.text), or: "[]",
            "Hashtags never listed, exact or with *, such as [\"advert*\"]")
        allow = try read(
            "allow", \.allow, .list(.text), or: "[]",
            "If not empty, the only hashtags listed, exact or with *")
    }
}

extension Settings {
    /// What is kept of the listed hashtags besides their counts.
    struct Context: Hashable, Sendable {
        let related: Bool
        let links: Bool
        let minimumAccounts: Int
        let blockHosts: [String]
    }
}

extension Settings.Context {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        related = try keys(
            "related", .flag, or: "true", "Keep which hashtags were written together")
        links = try keys(
            "links", .flag, or: "true", "Keep the addresses that most people gave with a hashtag")
        minimumAccounts = try keys(
            "minimumAccounts", .count(2...1_000_000), or: "5",
            "People an address needs to be kept; never less than 5 % of the hashtag's")
        blockHosts = try keys(
            "blockHosts", .list(.text), or: "[]",
            "Hosts whose addresses are never kept, with all below them, such as [\"ads.example\"]")
        try keys.require(
            LinkRules(blockHosts: blockHosts) != nil, "blockHosts",
            "must be names of hosts, such as ads.example")
    }
}
