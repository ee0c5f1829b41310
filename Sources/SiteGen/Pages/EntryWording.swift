import Archive

extension Wording {
    /// Why a hashtag trends: `84 people, usually 6 at this hour`.
    static func reason(_ entry: ListEntry) -> String {
        let people = count(entry.row.accounts, "person", "people")
        guard let expected = entry.row.expected else { return people }
        return expected < 0.5
            ? "\(people), hardly ever seen at this hour"
            : "\(people), usually \(FixedPoint.text(expected, decimals: 0)) at this hour"
    }

    /// Since when a hashtag has been in the list: `9 lists in a row`, `last listed 19 Nov 06:00`.
    /// Nothing in a source's first list.
    static func stay(_ entry: ListEntry) -> String {
        guard entry.movement != nil else { return "" }
        if entry.streak > 1 { return "\(number(entry.streak)) lists in a row" }
        if let before = entry.before {
            return "last listed \(shortMoment(before))"
        }
        return "never listed before"
    }
}
