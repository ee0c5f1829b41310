import Calendar
import Decode
import Snapshot
import Tasks
import Text

/// A kind of source: its keys, and what reads posts by them. A new one is such a type, and a case of
/// `Settings.Source.Name`.
protocol SourceKind: Hashable, Sendable {
    init(_ keys: inout SettingKeys) throws(SettingsError)

    /// What reads the source of this name.
    func postSource(named name: String, for run: SourceRun) throws -> any PostSource

    /// How runs read it.
    func reading(in mode: Settings.Window.Mode) -> SourceReading

    /// What decides, besides filters, which posts it gives, in words without secrets. It becomes public.
    var origin: String { get }

    /// Whether reading it costs money.
    var costsMoney: Bool { get }

    /// Whether two that read it at once are in each other's way.
    var isExclusive: Bool { get }

    /// Whether libcurl must know WebSockets.
    var needsWebSocket: Bool { get }
}

extension SourceKind {
    /// Whether it can be looked at as it goes.
    var isLive: Bool { reading(in: .live) == .live }
    var origin: String { "all that it gives" }
    var costsMoney: Bool { false }
    var isExclusive: Bool { costsMoney }
    var needsWebSocket: Bool { false }

    fileprivate func isSame(as other: any SourceKind) -> Bool { other as? Self == self }
}

/// What of a source runs read.
enum SourceReading: Hashable {
    /// All there is: it ends.
    case recording
    /// The running window, and no other.
    case live
    /// Windows that are over, so many seconds after their end.
    case slots(settle: Int)
}

/// What a source has to know of the run that reads it.
struct SourceRun {
    /// The archive's folder, where a paid source keeps what it has spent.
    let archive: String
    let schedule: Schedule
    /// The running slot is read, and not those that are over.
    var isLive = false
    /// A PEM file of authorities to trust in the place of the system's.
    let certificates: String?
    /// What the tools of AWS go by.
    var environment: [String: String] = [:]
    /// Where the site goes, and by that which server has buckets.
    var publish: Settings.Publish?
    /// How long a bucket that is away for a moment is asked again.
    var retry = Retry(limit: .seconds(600))
    /// The folder of what engines run; nil if there is none.
    var engines: String?
    /// Shown what goes on where a source takes long.
    var progress: @Sendable (String) -> Void = { _ in }
}

extension Settings.Source: Hashable {
    static func == (left: Self, right: Self) -> Bool {
        (left.name, left.title, left.languages, left.filters, left.of)
            == (right.name, right.title, right.languages, right.filters, right.of)
            && left.kind.isSame(as: right.kind)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(kind)
    }
}

extension [String] {
    /// The hosts of addresses, in order, without what may stand before or behind them.
    var hosts: [String] {
        map { address in
            let rest = address.split(separator: "://", maxSplits: 1).last ?? ""
            return String(rest.prefix { $0 != "/" }.split(separator: "@").last ?? "")
        }.sorted()
    }
}

/// Keys that several kinds have.
extension SettingKeys {
    mutating func lookBack() throws(SettingsError) -> Int {
        try self("lookBack", .seconds, or: "36h", "How far back slots that were missed are read")
    }

    mutating func settle() throws(SettingsError) -> Int {
        try self(
            "settle", .seconds, or: "30s",
            "How long after a slot's end its last posts may still arrive")
    }

    mutating func format() throws(SettingsError) -> PostFormat {
        try self(needed: "format", .choice, "Format of the posts")
    }

    mutating func grammar() throws(SettingsError) -> Grammar? {
        try self(
            "grammar", .choice,
            "What is a hashtag in a post that does not say so; without it, the format's own")
    }

    mutating func margin() throws(SettingsError) -> Int {
        try self(
            "margin", .seconds, or: "5m",
            "How much of a stream is read before and behind a slot, for posts that were sent late or by another clock"
        )
    }

    mutating func token() throws(SettingsError) -> Secret? {
        try self(
            secret: "token",
            "Access token; from the environment alone, or a file named by the variable with _FILE "
                + "behind it. Of several servers, one for each, with commas between them")
    }
}
