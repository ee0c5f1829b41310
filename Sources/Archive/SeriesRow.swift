import Calendar

/// One line of `tags/<slug>/series.csv`, which the site alone has: what is known of a hashtag in a window.
public struct SeriesRow: Hashable, Sendable {
    public enum State: String, Sendable {
        /// How many people wrote it was kept, by a list or the tail.
        case known
        /// It was in neither: `atMost` people can have written it.
        case below
        /// Nothing was read.
        case gap
    }

    public var slot: Timestamp
    public var source: String
    /// Nil unless it is known.
    public var accounts: Int?
    /// Distinct authors of all counted posts of the window; nil of a gap.
    public var windowAccounts: Int?
    /// As in `WindowRow`; nil where there is no window.
    public var coverage: Double?
    public var state: State
    /// Nil unless it is below, and where there is no telling.
    public var atMost: Int?

    public init(
        slot: Timestamp, source: String, accounts: Int? = nil, windowAccounts: Int? = nil,
        coverage: Double? = nil, state: State, atMost: Int? = nil
    ) {
        (self.slot, self.source, self.accounts) = (slot, source, accounts)
        (self.windowAccounts, self.coverage) = (windowAccounts, coverage)
        (self.state, self.atMost) = (state, atMost)
    }

    public static let header = [
        "slot", "source", "accounts", "window_accounts", "coverage", "state", "at_most",
    ]

    /// Writes the line, with its end.
    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.text(accounts.map(String.init) ?? "")
        encoder.text(windowAccounts.map(String.init) ?? "")
        encoder.number(coverage, decimals: 4)
        encoder.text(state.rawValue)
        encoder.text(atMost.map(String.init) ?? "")
        encoder.endLine()
    }
}
