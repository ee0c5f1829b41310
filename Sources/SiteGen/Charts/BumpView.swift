import Archive
import Calendar

/// The ranks of a list's hashtags over time as lines, and as a table.
///
/// A line breaks where a hashtag was in no list, and ends there in a dot; slots that were not recorded are shaded.
/// Beside those of the list, those that led and have left are drawn, and named where there is room. Three are in colour,
/// as more cannot be followed: what is unusual, then what leads; the others are until they are chosen.
struct BumpView: View {
    let label: String
    /// What the lines show.
    let finding: String
    /// Size of the drawing.
    let width: String
    let height: String
    /// Path data.
    let gaps: String
    let midnights: String
    let days: [DayView]
    let lines: [LineView]
    let departed: [DepartedView]
    let slots: [SlotView]

    struct LineView: View {
        /// Path data; empty if it was in no list but this one.
        let path: String
        /// Where it left the list.
        let ends: String
        /// The number of its colour, or `quiet`.
        let tone: String
        let rank: String
        let tag: HashtagView
    }

    /// One that has left the list.
    struct DepartedView: View {
        let path: String
        let ends: String
        /// Nil where it would meet another.
        let shortName: String?
        /// Where its name stands, of 100, and on which side of that.
        let x: String
        let y: String
        let anchor: String
    }

    struct DayView: View {
        let weekday: String
        let day: String
        /// Where it begins, of 100.
        let x: String
    }

    struct SlotView: View {
        let slotTime: String
        let slotLabel: String
        let ranks: [String]
    }

    /// A hashtag, its rank in the last list and in each slot.
    struct Track {
        let tag: HashtagView
        let rank: Int
        let ranks: [Int?]
        var isUnusual = false
    }

    /// Lines in colour at the most.
    private static let mostToned = 3

    /// - Parameters:
    ///   - slots: Oldest first; `isRead` and the ranks of each track go with them.
    ///   - tracks: In order of rank.
    ///   - departed: Of those that are not in the last list; their rank is their best.
    init(
        _ tracks: [Track], departed: [Track] = [], slots: [Timestamp], isRead: [Bool],
        source: String, _ schedule: Schedule
    ) {
        let deepest = tracks.map(\.rank).max() ?? 0
        label = "Ranks on \(source) in the last week; the same numbers follow as a table"
        finding = Self.finding(tracks + departed, of: isRead.count(where: \.self))
        width = String(2 * slots.count)
        height = String(2 * deepest)
        gaps = isRead.indices.filter { !isRead[$0] }
            .map { "M\(2 * $0) 0h2v\(2 * deepest)h-2z" }.joined()
        let starts = slots.indices.filter { slots[$0].secondOfDay == 0 }
        midnights = starts.map { "M\(2 * $0) 0v\(2 * deepest)" }.joined()
        days = starts.map { start in
            let date = slots[start].date
            return DayView(
                weekday: String(date.weekdayName.prefix(3)), day: String(date.day),
                x: FixedPoint.text(100 * Double(start) / Double(slots.count), decimals: 1))
        }
        lines = zip(tracks, Self.tones(tracks)).map { track, tone in
            let ranks = Self.drawn(track, deepest)
            return LineView(
                path: Self.path(ranks, isRead), ends: Self.ends(ranks, isRead),
                tone: tone, rank: String(track.rank), tag: track.tag)
        }
        var named: [(rank: Int, x: Double)] = []
        self.departed = departed.compactMap { track in
            let ranks = Self.drawn(track, deepest)
            guard let last = ranks.lastIndex(where: { $0 != nil }), let rank = ranks[last] else {
                return nil
            }
            let x = (Double(last) + 0.5) / Double(slots.count)
            let hasRoom = !named.contains { $0.rank == rank && abs($0.x - x) < 0.5 }
            if hasRoom { named.append((rank, x)) }
            return DepartedView(
                path: Self.path(ranks, isRead), ends: Self.ends(ranks, isRead),
                shortName: hasRoom ? Self.short(track.tag.text) : nil,
                x: FixedPoint.text(100 * x, decimals: 1),
                y: FixedPoint.text(100 * (Double(rank) - 0.5) / Double(deepest), decimals: 1),
                anchor: x > 0.6 ? "end" : "start")
        }
        self.slots = slots.indices.reversed().map { index in
            SlotView(
                slotTime: slots[index].description,
                slotLabel: Wording.shortMoment(slots[index], schedule),
                ranks: tracks.map { track in
                    isRead[index] ? track.ranks[index].map { String($0) } ?? "–" : "not recorded"
                })
        }
    }

    /// What is unusual has the colour of that, the second; as many as three are told apart.
    private static func tones(_ tracks: [Track]) -> [String] {
        let unusual = tracks.indices.first { tracks[$0].isUnusual }
        let others = tracks.indices.filter { $0 != unusual }.sorted {
            (tracks[$0].isUnusual ? 0 : 1, $0) < (tracks[$1].isUnusual ? 0 : 1, $1)
        }
        var tones = Array(repeating: "quiet", count: tracks.count)
        for (place, tone) in zip(others.prefix(mostToned - (unusual == nil ? 0 : 1)), [1, 3, 4]) {
            tones[place] = String(tone)
        }
        if let unusual { tones[unusual] = "2" }
        return tones
    }

    /// As much of a name as has room within a drawing on a phone.
    private static func short(_ name: String) -> String {
        let scalars = name.unicodeScalars
        return scalars.count > 16
            ? String(String.UnicodeScalarView(scalars.prefix(15))) + "…" : name
    }

    private static func drawn(_ track: Track, _ deepest: Int) -> [Int?] {
        track.ranks.map { $0.flatMap { $0 <= deepest ? $0 : nil } }
    }

    /// Who led most of the lists.
    private static func finding(_ tracks: [Track], of lists: Int) -> String {
        let leads = tracks.map { track in (track.tag, track.ranks.count { $0 == 1 }) }
        guard let most = leads.max(by: { $0.1 < $1.1 }), most.1 > 0 else { return "" }
        return "#\(most.0.text) led \(Wording.number(most.1)) of "
            + Wording.count(lists, "list", "lists")
    }

    /// From the middle of a slot to the middle of the next, level at both; a point where there is no
    /// next.
    private static func path(_ ranks: [Int?], _ isRead: [Bool]) -> String {
        var path = ""
        for (index, rank) in ranks.enumerated() {
            guard let rank else { continue }
            let (x, y) = (2 * index + 1, 2 * rank - 1)
            if index > 0, let before = ranks[index - 1] {
                path +=
                    before == rank ? "H\(x)" : "C\(x - 1) \(2 * before - 1) \(x - 1) \(y) \(x) \(y)"
            } else {
                path += "M\(x) \(y)h0"
            }
        }
        return path
    }

    /// The last points before lists that do not have it.
    private static func ends(_ ranks: [Int?], _ isRead: [Bool]) -> String {
        ranks.indices.dropLast().compactMap { index in
            guard let rank = ranks[index], ranks[index + 1] == nil, isRead[index + 1] else {
                return nil
            }
            return "M\(2 * index + 1) \(2 * rank - 1)h0"
        }.joined()
    }
}

extension BumpView {
    /// Hashtags that led and have left the list, at the most.
    private static let mostDeparted = 3

    /// The week up to a window; nil if there is no other list in it.
    init?(week window: RecordedWindow, _ source: SourceHistory, _ site: Site, _ linker: Linker) {
        let (history, last) = (site.history, window.row.slot)
        let end = history.schedule.slot(containing: last).end
        let slots = history.schedule.slots(
            from: max(history.first, end - 7 * 86_400), through: last
        ).map(\.start)
        let windows = slots.map { source.window(at: $0) }
        let isRead = windows.map { $0?.wasRead ?? false }
        let entries = window.entries
        guard isRead.count(where: \.self) > 1, !entries.isEmpty else { return nil }
        let lists = windows.map { $0?.entries ?? [] }
        let ranks = lists.map { list in
            Dictionary(list.map { ($0.key, $0.row.rank) }, uniquingKeysWith: { one, _ in one })
        }
        // Of those that have left, first who led most lists, then who was listed most.
        let listed = Set(entries.map(\.key))
        var standings: [(entry: ListEntry, leads: Int, lists: Int)] = []
        for entry in lists.joined() where !listed.contains(entry.key) {
            let leads = entry.row.rank <= 3 ? 1 : 0
            if let known = standings.firstIndex(where: { $0.entry.key == entry.key }) {
                standings[known].leads += leads
                standings[known].lists += 1
            } else {
                standings.append((entry, leads, 1))
            }
        }
        let departed = standings.filter { $0.leads > 0 }
            .sorted {
                ($1.leads, $1.lists, $0.entry.key) < ($0.leads, $0.lists, $1.entry.key)
            }
            .prefix(Self.mostDeparted)
        let unusual = Set((window.trends ?? []).map(\.key))
        func track(_ entry: ListEntry) -> Track {
            Track(
                tag: HashtagView(entry.row, site, linker), rank: entry.row.rank,
                ranks: ranks.map { $0[entry.key] }, isUnusual: unusual.contains(entry.key))
        }
        self.init(
            entries.map(track), departed: departed.map { track($0.entry) }, slots: slots,
            isRead: isRead, source: site.title(of: source.name), history.schedule)
    }
}
