import Decode
import Snapshot
import Text

extension Settings {
    /// A source of kind `x`.
    struct X: Hashable, Sendable {
        let server: String
        let api: XAPI
        let stream: XStreamKind
        let budget: XBudget
        let backfillMinutes: Int
        let token: Secret?
    }
}

extension Settings.X: SourceKind {
    private enum Endpoint: String, CaseIterable { case filtered, sample }
    private enum Format: String, CaseIterable { case v2, v1 }

    init(_ keys: inout SettingKeys) throws(SettingsError) {
        server = try keys(
            "server", .address("https", "http"), or: "https://api.x.com",
            "X, or a relay that speaks like it")
        let format = try keys(
            "format", SettingForm<Format>.choice, or: "v2", "Version of the API, and of the posts")
        api = format == .v1 ? .v1 : .v2
        let endpoint = try keys(
            "endpoint", SettingForm<Endpoint>.choice, or: "filtered",
            "The stream that is read: posts that match rules, or a small share of all")
        stream =
            endpoint == .sample
            ? .sample
            : .filtered(
                rules: try keys(needed: "rules", .some(.text), "Rules of the filtered stream"))
        backfillMinutes = try keys(
            "backfillMinutes", .count(0...5), or: "0",
            "Minutes that a lost connection is made good for; only some accounts have it")
        budget = XBudget(
            microdollarsPerPost: try keys(
                "postPrice", .microdollars, or: "0.005", "Dollars that a post costs"),
            posts: try keys(
                "budgetPosts", .count(1...1_000_000_000), or: "1000",
                "Posts a window may cost at most"),
            cents: try keys(
                "budgetDollars", .cents, or: "5", "Dollars a window may cost at most"),
            monthPosts: try keys(
                "budgetMonthPosts", .count(1...1_000_000_000), or: "20000",
                "Posts a month of UTC may cost at most"),
            monthCents: try keys(
                "budgetMonthDollars", .cents, or: "100", "Dollars a month of UTC may cost at most"))
        token = try keys.token()
    }
}

extension Settings.X {
    var costsMoney: Bool { true }

    var origin: String {
        switch stream {
        case .sample: "the sample stream"
        case .filtered(let rules): "posts that match: \(rules.sorted().joined(separator: " | "))"
        }
    }

    func reading(in _: Settings.Window.Mode) -> SourceReading { .live }

    func postSource(named name: String, for run: SourceRun) -> any PostSource {
        XSource(
            name: name, access: access(name: name), api: api, kind: stream, budget: budget,
            archive: run.archive, backfillMinutes: backfillMinutes, certificates: run.certificates)
    }

    /// The server with its token.
    func access(name: String) -> XAccess {
        XAccess(
            base: server, token: token?.revealed,
            tokenVariable: SettingKey.environmentName(of: "sources.\(name).token"))
    }
}
