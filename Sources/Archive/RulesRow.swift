import Calendar
import Digest

/// One line of `rules.csv`: what held of windows from a time on.
public struct RulesRow: Hashable, Sendable {
    public enum Setting: String, CaseIterable, Sendable {
        /// Hours that a slot lasts. Changes at midnight UTC.
        case every
        /// Places of a list, at most.
        case top
        /// Of one source: which posts and hashtags count, in words.
        case rules
    }

    /// The start of the first slot that it held of.
    public var since: Timestamp
    public var setting: Setting
    /// Empty for all.
    public var source: String
    public var value: String

    public init(
        _ setting: Setting, of source: String = "", _ value: String, since: Timestamp
    ) {
        (self.since, self.setting, self.source, self.value) = (since, setting, source, value)
    }

    /// What the column `rules` of windows has for it: the first digits of the value's SHA-256. Empty for what is no rule
    /// of counting.
    public var hash: String { setting == .rules ? Self.hash(of: value) : "" }

    public static func hash(of explanation: String) -> String {
        String(SHA256(of: Array(explanation.utf8)).hex.prefix(12))
    }
}

extension RulesRow: ArchiveRow {
    public static let columns = ["since", "setting", "source", "value", "hash"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        since = try fields.timestamp()
        setting = try fields.choice(of: Setting.self)
        source = try fields.text()
        value = try fields.text()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(since)
        encoder.text(setting.rawValue)
        encoder.text(source)
        encoder.text(value)
        encoder.text(hash)
    }
}
