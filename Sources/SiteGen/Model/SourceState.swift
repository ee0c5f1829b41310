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
    let month: SourceMonth

    init(_ source: SourceHistory, in site: Site) {
        let history = site.history
        self.source = source
        newest = source.window(at: history.last)
        lastRead = source.latestRead
        month = SourceMonth(
            of: source.span, isConfigured: site.settings.sources.contains(source.name),
            newest: history.last, history.schedule
        ) { source.windows(from: $0.lowerBound, to: $0.upperBound).map(\.row) }
    }

    /// What was not read whole, latest first.
    var failures: [Failure] {
        month.slots.compactMap { slot, row in
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
    /// The slots in `[start, end)` at which a source was due.
    func slotsDue(
        of source: SourceHistory, from start: Timestamp, to end: Timestamp
    ) -> [Timestamp] {
        guard start < end else { return [] }
        return history.schedule.slotsDue(
            of: source.span, isConfigured: settings.sources.contains(source.name),
            newest: history.last, in: start..<end)
    }
}

extension SourceHistory {
    /// The slots of its first window and its last; nil if it has none.
    fileprivate var span: ClosedRange<Timestamp>? {
        guard let first = windows.first?.row.slot, let last = windows.last?.row.slot else {
            return nil
        }
        return first...last
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
