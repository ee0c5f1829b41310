import Calendar

/// One line of `changes.csv`: what the archive had and has not any more, or has otherwise from then on.
///
/// The bucket lets go of a row for no other reason.
public struct ChangeRow: Hashable, Sendable {
    public enum Change: String, CaseIterable, Sendable {
        /// Taken back by `tidemark repair`.
        case repaired
        /// Put behind the published ones by `tidemark pull --merge`: its scores go by what one machine alone knew.
        case merged
        /// Of another name from then on, by `tidemark rename-source`.
        case renamed
        /// Read again, and put in the place of the old one.
        case replaced
        /// From this slot on, other rules count: `rules.csv` says which.
        case rules
        /// From this slot on, lines are left out of what is published, or shown again: hashtags or addresses of them were
        /// withdrawn. Which ones stands nowhere.
        case withdrawn
        case restored
    }

    /// When it was changed.
    public var time: Timestamp
    public var change: Change
    public var slot: Timestamp
    public var source: String
    /// What the window was; nil where it is not of one window.
    public var status: WindowStatus?
    public var posts: Int?

    public init(_ change: Change, _ window: WindowRow, at time: Timestamp) {
        self.time = time
        self.change = change
        (slot, source, status, posts) = (window.slot, window.source, window.status, window.posts)
    }

    /// A change of all windows of a source from a slot on.
    public init(_ change: Change, of source: String, from slot: Timestamp, at time: Timestamp) {
        (self.time, self.change, self.slot, self.source) = (time, change, slot, source)
    }
}

extension ChangeRow {
    /// Whether the archive has the window no more.
    public var isGone: Bool { change == .repaired || change == .renamed }

    public var key: WindowKey { WindowKey(slot: slot, source: source) }

    /// The windows that are gone by these lines.
    public static func gone(_ rows: [ChangeRow]) -> Set<WindowKey> {
        Set(rows.filter(\.isGone).map(\.key))
    }
}

extension ChangeRow: ArchiveRow {
    public static let columns = ["time", "change", "slot", "source", "status", "posts"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        time = try fields.timestamp()
        change = try fields.choice(of: Change.self)
        slot = try fields.timestamp()
        source = try fields.text()
        status = try fields.optionalChoice(of: WindowStatus.self)
        posts = try fields.optionalCount()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(time)
        encoder.text(change.rawValue)
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.text(status?.rawValue ?? "")
        encoder.text(posts.map(String.init) ?? "")
    }
}
