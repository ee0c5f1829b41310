import Archive
import Calendar

/// Numbers and times as the pages write them: English, UTC, the same on every system.
enum Wording {
    /// `12,345`
    static func number(_ value: Int) -> String {
        var digits = Array(String(value.magnitude))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return (value < 0 ? "-" : "") + String(digits)
    }

    /// `1`, `20+`
    static func atLeast(_ value: Int) -> String {
        number(IndexCount.atLeast(value)) + (value > 1 ? "+" : "")
    }

    /// `1 person`, `12,345 people`
    static func count(_ value: Int, _ one: String, _ many: String) -> String {
        "\(number(value)) \(noun(value, one, many))"
    }

    /// `person`, `people`: what stands apart from its number.
    static func noun(_ value: Int, _ one: String, _ many: String) -> String {
        value == 1 ? one : many
    }

    /// A share of one in percent, `71.3%`; below one never rounded up to the whole.
    static func percent(_ share: Double) -> String {
        share >= 1 ? "100%" : FixedPoint.text((share * 1000).rounded(.down) / 10, decimals: 1) + "%"
    }

    /// `18:00`; the end of a day is `24:00` with `endingDay`.
    static func clock(_ time: Timestamp, endingDay: Bool = false) -> String {
        endingDay && time.secondOfDay == 0 ? "24:00" : time.hourAndMinute
    }

    /// `22 November 2026`
    static func day(_ date: CivilDate) -> String { "\(date.day) \(month(date))" }

    /// `November 2026`
    static func month(_ date: CivilDate) -> String { "\(date.monthName) \(date.year)" }

    /// `22 Nov`
    static func shortDay(_ date: CivilDate) -> String { "\(date.day) \(date.shortMonthName)" }

    /// `18:00 UTC on 22 November 2026`
    static func clockAndDay(_ time: Timestamp) -> String {
        "\(clock(time)) UTC on \(day(time.date))"
    }

    /// `50 min`, `6 h`, `1 h 30 min`, `20 s`
    static func duration(seconds: Int) -> String {
        guard seconds >= 60 else { return "\(seconds) s" }
        let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60)
        return [hours > 0 ? "\(hours) h" : nil, minutes > 0 ? "\(minutes) min" : nil]
            .compactMap { $0 }.joined(separator: " ")
    }

    /// `18 hours`, and from two days on `3 days`
    static func span(seconds: Int) -> String {
        seconds < 2 * 86_400
            ? count(seconds / 3600, "hour", "hours") : count(seconds / 86_400, "day", "days")
    }
}

extension Wording {
    /// Why a hashtag trends: `84 people, usually 6 at this hour`; `at most 6` where on some of the earlier days it was
    /// below the counts kept, or nobody wrote down whether it was.
    static func reason(_ entry: ListEntry) -> String {
        let people = count(entry.row.accounts, "person", "people")
        guard entry.row.expected != nil else { return people }
        guard let usual = usual(entry.row) else { return "\(people), hardly seen at this hour" }
        return "\(people), usually \(usual) at this hour"
    }

    /// How many people are usual: `6`, `at most 6`; nil where hardly anyone is.
    static func usual(_ row: TopRow) -> String? {
        let isBound = row.bounds != 0
        guard let expected = row.expected, expected >= (isBound ? 1.5 : 0.5) else { return nil }
        return (isBound ? "at most " : "") + number(Int(expected.rounded()))
    }

    /// That nobody knows what is usual, and what it takes.
    static var unknown: String {
        "What is unusual can be told once the same hours have been recorded "
            + "on \(Baseline.fewestDays) days within \(Baseline.farthest / 7) weeks."
    }

    /// For how long a hashtag has been in a popular list of so many places: `in the top ten of 9 lists in a row`,
    /// `last in the top ten 19 Nov, 06:00–12:00`. Nothing in a source's first list.
    static func stay(_ entry: ListEntry, _ site: Site) -> String {
        guard entry.movement != nil else { return "" }
        let list = top(site.settings.top)
        if entry.streak > 1 { return "in the \(list) of \(number(entry.streak)) lists in a row" }
        if let before = entry.before { return "last in the \(list) \(site.shortMoment(before))" }
        return "in the \(list) for the first time"
    }

    /// The hours of a slot: `18:00–24:00`.
    static func hours(_ slot: Timestamp, _ schedule: Schedule) -> String {
        "\(clock(slot))–\(clock(schedule.slot(containing: slot).end, endingDay: true))"
    }

    /// `22 Nov, 18:00–24:00`
    static func shortMoment(_ slot: Timestamp, _ schedule: Schedule) -> String {
        "\(shortDay(slot.date)), \(hours(slot, schedule))"
    }

    /// `Bluesky, X and Mastodon`
    static func list(_ names: [String]) -> String {
        names.count < 2
            ? names.joined()
            : names.dropLast().joined(separator: ", ") + " and \(names[names.count - 1])"
    }

    /// `top ten`, `top 25`
    static func top(_ places: Int) -> String { "top " + (places == 10 ? "ten" : number(places)) }
}

extension Site {
    /// Why a story leads, after its hashtag: `stands out on Bluesky: 84 people, usually 6 at this hour.`
    ///
    /// - Parameter sources: How many the page is about: one needs no name.
    func finding(_ entry: ListEntry, among sources: Int) -> String {
        let place = sources > 1 ? " on \(title(of: entry.row.source))" : ""
        return "stands out\(place): \(Wording.reason(entry))."
    }

    /// The hours of a slot: `18:00–24:00`.
    func hours(_ slot: Timestamp) -> String { Wording.hours(slot, history.schedule) }

    /// `22 November 2026, 18:00–24:00`
    func moment(_ slot: Timestamp) -> String { "\(Wording.day(slot.date)), \(hours(slot))" }

    /// `22 Nov, 18:00–24:00`
    func shortMoment(_ slot: Timestamp) -> String {
        Wording.shortMoment(slot, history.schedule)
    }

    /// `22 Nov 2026, 18:00–24:00`
    func longMoment(_ slot: Timestamp) -> String {
        "\(Wording.shortDay(slot.date)) \(slot.date.year), \(hours(slot))"
    }

    /// As it is written everywhere on the site: as most people did when it was listed for the first time, which later
    /// lists do not change.
    func spelling(of key: String) -> Spelling { history.tags.spelling(of: key) }
}
