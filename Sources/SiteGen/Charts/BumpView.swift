import Archive
import Calendar

/// The ranks of a list's hashtags over time as lines, and as a table.
///
/// A line breaks where a hashtag was in no list; slots that were not recorded are shaded.
struct BumpView: View {
    let label: String
    /// Size of the drawing.
    let width: String
    let height: String
    /// Path data.
    let gaps: String
    let midnights: String
    let days: [DayView]
    let lines: [LineView]
    let slots: [SlotView]

    struct LineView: View {
        /// Path data; empty if it was in no list but this one.
        let path: String
        let place: String
        let rank: String
        let tag: HashtagView
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
    }

    /// - Parameters:
    ///   - slots: Oldest first; `isRead` and the ranks of each track go with them.
    ///   - tracks: In order of rank.
    init(_ tracks: [Track], slots: [Timestamp], isRead: [Bool], source: String) {
        let deepest = tracks.map(\.rank).max() ?? 0
        label = "Ranks on \(source) from slot to slot; the same numbers follow as a table"
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
        lines = tracks.enumerated().map { place, track in
            LineView(
                path: Self.path(track.ranks.map { $0.flatMap { $0 <= deepest ? $0 : nil } }),
                place: String(place + 1), rank: String(track.rank), tag: track.tag)
        }
        self.slots = slots.indices.reversed().map { index in
            SlotView(
                slotTime: slots[index].description,
                slotLabel: Wording.shortMoment(slots[index]),
                ranks: tracks.map { track in
                    isRead[index] ? track.ranks[index].map { String($0) } ?? "–" : "not recorded"
                })
        }
    }

    /// From the middle of a slot to the middle of the next, level at both; a point where there is no
    /// next.
    private static func path(_ ranks: [Int?]) -> String {
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
}
