import Archive

/// What may be different since the last build: every window from a day on, and the hashtags that were or are
/// listed in one of them.
struct Change: Sendable {
    /// Nil if no window is different.
    var firstDay: CivilDate?
    /// By number.
    var tags: [Int32]
    /// Of the hashtags, the months in which they were listed last before that day, as first days.
    var monthsLeft: Set<CivilDate>
    /// True if pages may have to go, or every page may be different.
    var isEverything: Bool

    static let nothing = Change(firstDay: nil, tags: [], monthsLeft: [], isEverything: false)
    static let everything = Change(firstDay: nil, tags: [], monthsLeft: [], isEverything: true)

    var isNothing: Bool { firstDay == nil && !isEverything }

    /// Whether something within a stretch of days that ends so may be different.
    func reaches(_ lastDay: CivilDate) -> Bool {
        isEverything || firstDay.map { $0 <= lastDay } ?? false
    }
}
