import Archive
import Calendar
import Snapshot

/// The due slots of every source, into the archive. The caller holds the archive's lock.
struct SnapshotStep {
    let context: RunContext
    let settings: Settings

    /// - Returns: done; partly if some source failed or what it gave looks wrong, failed if all did.
    func run(slot: Slot? = nil, replacing: Bool = false) async throws -> ExitCode {
        let console = context.console
        let names = settings.sources.map(\.name).joined(separator: ", ")
        console.progress("Reading \(names)…")
        let report = try await settings.snapshotRun(certificates: context.certificates)
            .run(now: context.now, slot: slot, replacing: replacing)
        console.progress(nil)
        for window in report.archived {
            // What happened to a window is worth a line from cron too; of one that is missing the
            // failure below is that line.
            if window.note?.isEmpty ?? true || window.status == .missing {
                console.note(window.sentence)
            } else {
                console.warn(window.sentence)
            }
        }
        if report.archived.isEmpty && report.failures.isEmpty {
            console.note(
                slot.map {
                    "The slot \($0.start) of \(names) is archived already, which --replace overrides, "
                        + "or nothing of it is recorded."
                } ?? "No slot is due: every one of \(names) is archived.")
        }
        for (source, error) in report.failures { console.fail("\(source): \(error)") }
        var isDoubtful = false
        for window in report.archived {
            for sentence in settings.doubts(of: window, among: report.earlier) {
                isDoubtful = true
                console.warn(sentence)
            }
        }
        guard !report.failures.isEmpty else { return isDoubtful ? .partly : .done }
        let isNothingRead = report.archived.allSatisfy { $0.status == .missing }
        return isNothingRead && report.failures.count == settings.sources.count ? .failed : .partly
    }
}

extension WindowRow {
    /// What became of a slot, for people.
    fileprivate var sentence: String {
        let note = note.flatMap { $0.isEmpty ? nil : "; \($0)" } ?? ""
        guard status != .missing else {
            return "\(source) \(slot): missing, nothing was read\(note)."
        }
        let share = FixedPoint.text(coverage * 100, decimals: 1)
        return "\(source) \(slot): \(status.rawValue), \(posts) posts by \(accounts) accounts, "
            + "\(tags) hashtags, coverage \(share) %\(note)."
    }
}
