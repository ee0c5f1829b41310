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
    /// Its windows of the last thirty days, oldest first.
    let month: [WindowRow]

    private static let days = 30

    init(_ source: SourceHistory, in history: History) {
        self.source = source
        newest = source.window(at: history.last)
        lastRead = source.latestRead
        let end = history.schedule.slot(containing: history.last).end
        month = source.windows(from: end - Self.days * 86_400, to: end).map(\.row)
    }

    func count(_ statuses: WindowStatus...) -> Int {
        month.count { statuses.contains($0.status) }
    }

    /// Windows that were not read whole, latest first.
    var failures: [WindowRow] {
        month.filter { $0.status == .missing || $0.status == .partial }.reversed()
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

    init(_ row: WindowRow) {
        let note = row.note ?? ""
        func says(_ words: String...) -> Bool { words.contains { note.contains($0) } }
        if row.status == .missing {
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
