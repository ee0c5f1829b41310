import Archive
import Calendar

/// The years and months of the archive, and how much of each was recorded.
struct ArchiveView: PageView {
    static let template = "archive"

    var title: String { "Archive" }
    let summary: String
    let span: String
    let latest: [PlaceView]
    let years: [YearView]

    struct YearView: View {
        let year: PlaceView
        let months: [MonthView]
    }

    struct MonthView: View {
        let month: PlaceView
        /// `118 of 120 slots`
        let recorded: String
        /// Width of the bar, of 100.
        let share: String
    }

    init(_ site: Site, _ linker: Linker) {
        let (first, last) = (site.history.first.date, site.history.last.date)
        span = "\(Wording.day(first)) to \(Wording.day(last))"
        summary = "Every list from \(span)."
        latest = [.window(site.history.last), .day(last), .week(CalendarWeek(of: last))]
            .map { PlaceView($0, linker) }
        let months = site.days.months
        years = (first.year...last.year).reversed().map { year in
            YearView(
                year: PlaceView(.year(year), linker),
                months: months.filter { $0.year == year }.map { Self.month($0, site, linker) })
        }
    }

    /// Of the month that begins on this day.
    private static func month(_ first: CivilDate, _ site: Site, _ linker: Linker) -> MonthView {
        let history = site.history
        let from = max(history.first, Timestamp(first))
        let through = min(history.last, Timestamp(first.lastOfMonth.advanced(by: 1)) - 1)
        let due = through.seconds(since: from) / history.schedule.seconds + 1
        // Slots beside the schedule may make more than were due.
        let read = min(due, history.readSlots(from: from, through: through).count)
        return MonthView(
            month: PlaceView(.month(first), linker),
            recorded: "\(read) of \(Wording.count(due, "slot", "slots"))",
            share: FixedPoint.text(100 * Double(read) / Double(due), decimals: 1))
    }
}
