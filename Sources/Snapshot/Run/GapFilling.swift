import Archive
import Calendar

/// The slots that passed without being read, as windows that say so.
struct GapFilling {
    let run: SnapshotRun
    /// The rows that the archive had before this run, and those it has now.
    let earlier: [WindowRow]
    let windows: [WindowRow]
    /// Live runs that failed, and why.
    let failures: [FailedRow]
    let now: Timestamp

    /// One slot of one source that has no row, and can no longer be read.
    struct Gap {
        let slot: Slot
        let source: String
        let note: String
    }

    /// By source in the order of the configuration, oldest first.
    var gaps: [Gap] {
        run.series.flatMap { name, reader -> [Gap] in
            let (lookBack, note): (Int, String)
            switch reader.availability {
            case .recording: return []
            case .live: (lookBack, note) = (0, "no run read it")
            case .replayable(let seconds, _):
                lookBack = seconds
                note = "not read within \(seconds / 3600) h, as far back as the source goes"
            }
            let present = Set(windows.filter { $0.source == name }.map(\.slot))
            let reasons = Dictionary(
                failures.filter { $0.source == name }.map { ($0.slot, $0.reason) }
            ) { $1 }
            let running = run.schedule.slot(containing: now)
            guard let first = (present.union(reasons.keys)).min() else { return [] }
            return sequence(first: run.schedule.slot(containing: first)) { $0.next }
                .prefix { $0 < running && $0.end + lookBack <= now }
                .filter { $0.start >= first && !present.contains($0.start) }
                .map { Gap(slot: $0, source: name, note: reasons[$0.start] ?? note) }
        }
    }

    /// How much of what passed is believed of the machine's clock alone.
    private static let trust = 86_400

    /// What may be written of the gaps.
    enum Verdict {
        case all
        case refused(ClockRefusal)
    }

    /// Whether all of them have passed: by an outside clock, or by the machine's no more than a day after the last
    /// window that was read.
    func verdict(on gaps: [Gap], by clock: OutsideClock) -> Verdict {
        guard let end = gaps.map(\.slot.end).max() else { return .all }
        let late = clock.agreed.flatMap { $0 + OutsideClock.tolerance < end ? $0 : nil }
        if let others = clock.contradiction ?? late {
            return .refused(.disagreeing(machine: now, others: others))
        }
        if let proven = clock.proven, proven + OutsideClock.tolerance >= end { return .all }
        // Not of this run, whose clock is the one that is in doubt.
        let ends = earlier.filter { $0.status != .missing }.map(\.end).sorted()
        let first = gaps.map(\.slot.start).min() ?? now
        for gap in gaps {
            let begin = ends.last { $0 < gap.slot.end } ?? first
            if gap.slot.end > begin + Self.trust {
                return .refused(.unproven(count: gaps.count, since: begin, now: now))
            }
        }
        return .all
    }
}

/// Why the slots that passed without being read were not written into the archive.
public enum ClockRefusal: Error, Hashable, Sendable {
    /// The archive's newest window is of a slot that has not begun.
    case archiveAhead(newest: Timestamp, source: String, now: Timestamp)
    /// The machine's clock shows a time at which this program had not been made.
    case past(now: Timestamp)
    /// The servers that were asked say another time.
    case disagreeing(machine: Timestamp, others: Timestamp)
    /// No clock but the machine's says that they have passed.
    case unproven(count: Int, since: Timestamp, now: Timestamp)
}

extension ClockRefusal {
    /// That the newest window is of a slot which has not begun; nil if it has.
    public init?(of windows: [WindowRow], at now: Timestamp) {
        guard let newest = windows.max(by: { $0.slot < $1.slot }),
            newest.slot > now + OutsideClock.tolerance
        else { return nil }
        self = .archiveAhead(newest: newest.slot, source: newest.source, now: now)
    }
}

extension ClockRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .archiveAhead(let newest, let source, let now):
            "the archive has a window of \(source) for \(newest), which has not begun: it is \(now) by the clock of this "
                + "machine. Nothing is read, and the site stays as it is. If that clock is behind, set it, best by NTP; "
                + "if it was ahead when those windows were written, tidemark repair shows them and takes them back"
        case .past(let now):
            "the clock of this machine shows \(now), which cannot be: it may have been lost with the power. Nothing is "
                + "read, and the site stays as it is; set the clock, best by NTP"
        case .disagreeing(let machine, let others):
            "the clock of this machine shows \(machine), and the servers that were asked say \(others): no slot is "
                + "called missing while they disagree; set the clock, best by NTP, and run again"
        case .unproven(let count, let since, let now):
            "\(count) \(count == 1 ? "slot" : "slots") passed since \(since) without being read, if it is \(now), as the "
                + "clock of this machine shows; no server could be asked whether that is so, and so none of them is "
                + "called missing yet. The next run that reaches a server does it by itself; if the clock is right, "
                + "--now \(now) says so"
        }
    }
}
