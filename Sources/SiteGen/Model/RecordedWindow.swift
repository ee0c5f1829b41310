import Archive

/// A window row of the archive with its list, without withdrawn hashtags, in order of rank.
struct RecordedWindow: Sendable {
    let row: WindowRow
    let entries: [ListEntry]
    /// The trending list; nil if there were too few days to expect anything by.
    let trends: [ListEntry]?

    /// False for a slot that passed without a run.
    var wasRead: Bool { row.status != .missing }
}
