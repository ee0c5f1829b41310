import Archive

/// The days from the first slot of the archive to the last, and the slots of each.
struct ArchiveDays: Sendable {
    let history: History

    /// Every day, also those without a window, in order.
    var all: [CivilDate] {
        (history.first.date.daysSinceEpoch...history.last.date.daysSinceEpoch)
            .map(CivilDate.init(daysSinceEpoch:))
    }

    /// The slots due on a day within the archive's span and those archived beside the schedule.
    func slots(of date: CivilDate) -> [Timestamp] {
        let due = history.schedule.slots(of: date).map(\.start)
            .filter { $0 >= history.first && $0 <= history.last }
        let midnight = Timestamp(date)
        let archived = history.sources.flatMap { source in
            source.slots(from: midnight, to: midnight + 86_400)
        }
        return Set(due + archived).sorted()
    }

    /// The latest slots, oldest first, that together make up 24 hours.
    var latestSlots: [Timestamp] {
        let count = 86_400 / history.schedule.seconds
        return (0..<count).reversed().map { history.last - $0 * history.schedule.seconds }
            .filter { $0 >= history.first }
    }
}

extension ArchiveDays {
    /// The first day of every month, in order.
    var months: [CivilDate] {
        var months: [CivilDate] = []
        var day = history.first.date.firstOfMonth
        while day <= history.last.date {
            months.append(day)
            day = day.lastOfMonth.advanced(by: 1)
        }
        return months
    }
}
