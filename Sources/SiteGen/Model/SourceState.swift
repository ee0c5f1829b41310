import Archive
import Calendar
import Text

/// How a source fares, as far as its windows tell: what is published of it changes with a window alone.
struct SourceState: Sendable {
    let source: SourceHistory
    /// Of the newest slot of all sources; nil if the source has no row of it.
    let newest: RecordedWindow?
    /// The latest that was read.
    let lastRead: RecordedWindow?
    /// The slots of the last thirty days that were due, oldest first, with those beside the schedule; what no run read
    /// may have no row.
    let month: [(slot: Timestamp, row: WindowRow?)]

    private static let days = 30

    init(_ source: SourceHistory, in site: Site) {
        let history = site.history
        self.source = source
        newest = source.window(at: history.last)
        lastRead = source.latestRead
        let end = history.schedule.slot(containing: history.last).end
        let start = end - Self.days * 86_400
        let slots = Set(
            site.slotsDue(of: source, from: start, to: end) + source.slots(from: start, to: end))
        month = slots.sorted().map { ($0, source.window(at: $0)?.row) }
    }

    func count(_ statuses: WindowStatus...) -> Int {
        month.count { statuses.contains($0.row?.status ?? .missing) }
    }

    /// What was not read whole, latest first.
    var failures: [Failure] {
        month.compactMap { slot, row in
            let status = row?.status ?? .missing
            return status == .missing || status == .partial
                ? Failure(
                    slot: slot, source: source.name, status: status, fault: WindowFault(row)) : nil
        }.reversed()
    }

    struct Failure {
        let slot: Timestamp
        let source: String
        let status: WindowStatus
        let fault: WindowFault
    }
}

extension Site {
    /// The slots in `[start, end)` at which a source was due: from its first window on; of one that is configured no longer
    /// up to its last.
    func slotsDue(
        of source: SourceHistory, from start: Timestamp, to end: Timestamp
    ) -> [Timestamp] {
        guard let first = source.windows.first?.row.slot, let last = source.windows.last?.row.slot
        else { return [] }
        let stop = settings.sources.contains(source.name) ? history.last : last
        let (from, through) = (max(first, start), min(stop, end - 1))
        guard from <= through else { return [] }
        return history.schedule.slots(from: from, through: through).map(\.start)
    }
}

/// Why a window is not whole, in words that name no host, no path and no bucket.
enum WindowFault: String, Sendable {
    case notRun = "not-run"
    case unreachable
    case connection
    case stopped
    case limit
    case incomplete

    /// - Parameter row: nil of a slot that the archive does not know.
    init(_ row: WindowRow?) {
        let note = row?.note ?? ""
        func says(_ words: String...) -> Bool { words.contains { note.contains($0) } }
        if row?.status ?? .missing == .missing {
            self =
                says("no run read it", "not read within") || note.isEmpty ? .notRun : .unreachable
        } else if says("was stopped") {
            self = .stopped
        } else if says("no connection", "nothing was to be had", "be reached") {
            self = .connection
        } else if says("limit", " reached", "in time") {
            self = .limit
        } else {
            self = .incomplete
        }
    }

    /// For people.
    var sentence: String {
        switch self {
        case .notRun: "not read: no run took place while it could be"
        case .unreachable: "not read: the source could not be reached, or refused"
        case .connection:
            "read in part: there was no connection for a while, or the source had nothing of it"
        case .stopped: "read in part: the run was stopped"
        case .limit: "read in part: a limit was reached"
        case .incomplete: "read in part"
        }
    }
}
