import Archive
import Calendar
import Snapshot
import Text

/// The due slots of every source, into the archive. The caller holds the archive's lock.
struct SnapshotStep {
    let context: RunContext
    let settings: Settings

    /// - Returns: done; partly if some source failed or what it gave looks wrong, failed if all did; refused if a safety
    ///   rule said no.
    func run(_ choice: SnapshotRun.Choice) async throws -> ExitCode {
        let console = context.console
        let names = settings.sources.map(\.name).joined(separator: ", ")
        console.progress("Reading \(names)…")
        let run = try settings.snapshotRun(
            certificates: context.certificates, environment: context.environment,
            progress: { console.progress($0) })
        let report = try await run.run(
            now: context.now, clock: try ClockStep(context: context).begin(),
            asking(choice))
        console.progress(nil)
        context.record.add(report.archived)
        for window in report.archived where window.status != .missing {
            // What happened to a window is worth a line from cron too.
            if window.note?.isEmpty ?? true {
                console.note(window.sentence)
            } else {
                console.warn(window.sentence)
            }
        }
        for source in settings.sources {
            let missed = report.archived.filter {
                $0.source == source.name && $0.status == .missing
            }
            if let sentence = Self.gap(missed) { console.warn(sentence) }
        }
        if let sentence = settings.sentence(onNewNames: report) { console.warn(sentence) }
        for turn in report.turns { console.say(turn.sentence) }
        if let refusal = report.refusal { console.fail("\(refusal)") }
        if report.archived.isEmpty && report.failures.isEmpty && report.refusal == nil {
            console.note(
                choice.slot.map {
                    "The slot \($0.start) of \(names) is archived already, which --replace overrides, "
                        + "or nothing of it is recorded."
                } ?? "No slot is due: every one of \(names) is archived.")
        }
        for (source, error) in report.failures {
            console.fail(report.words(on: error, of: source))
        }
        var isDoubtful = false
        for window in report.archived {
            for sentence in settings.doubts(of: window, among: report.earlier) {
                isDoubtful = true
                console.warn(sentence)
            }
        }
        let isRefused = report.failures.contains {
            ($0.error as? SnapshotError)?.isRefusal ?? false
        }
        guard report.refusal == nil, !isRefused else { return .refused }
        guard !report.failures.isEmpty else { return isDoubtful ? .partly : .done }
        let isNothingRead = report.archived.allSatisfy { $0.status == .missing }
        return isNothingRead && report.failures.count == settings.sources.count { $0.of == nil }
            ? .failed : .partly
    }
}

extension SnapshotStep {
    /// The same, which asks where the site is published for the time, should no source tell it.
    private func asking(_ choice: SnapshotRun.Choice) -> SnapshotRun.Choice {
        var choice = choice
        choice.otherClock = { await ClockStep(context: context).ask(settings, for: $0) }
        return choice
    }

    /// What passed without being read, said once for a source however much it is.
    private static func gap(_ windows: [WindowRow]) -> String? {
        guard let first = windows.first, let last = windows.last else { return nil }
        var reasons: [String] = []
        for case let note? in windows.map(\.note) where !reasons.contains(note) {
            reasons.append(note)
        }
        let others = reasons.count > 1 ? ", and \(reasons.count - 1) other reasons" : ""
        guard windows.count > 1 else {
            return "\(first.source) \(first.slot): missing, nothing was read; "
                + "\(reasons.first ?? "")\(others)."
        }
        return
            "\(first.source): \(windows.count) slots, from \(first.slot) to \(last.slot), are missing: nothing was "
            + "read; \(reasons.first ?? "")\(others). The site shows them as a gap."
    }
}

extension Settings {
    /// Of a source that is new to the archive while it has one that is configured no more: it may be the same.
    fileprivate func sentence(onNewNames report: SnapshotRun.Report) -> String? {
        let known = Set(report.earlier.map(\.source))
        let new = Set(report.archived.map(\.source)).subtracting(known).sorted()
        let left = known.subtracting(sources.map(\.name)).sorted()
        guard let name = new.first, let old = left.last, old != "sample" else { return nil }
        return
            "\(name) is new to the archive, and \(old) is configured no more: if they are one source, tidemark "
            + "rename-source \(old) \(name) lets its history go on"
    }
}

extension RulesRow {
    /// What is going to be otherwise.
    fileprivate var sentence: String {
        switch setting {
        case .every:
            "window.every: from \(since) on a slot lasts \(value) h; until then the archive, and the site, keep to what it was."
        case .top: "window.top: lists have up to \(value) places from the slot of \(since) on."
        case .rules: "\(source): from \(since) on \(value)."
        }
    }
}

extension WindowRow {
    /// `7 posts by 1 account, 3 hashtags`
    var amounts: String {
        "\(quantity(posts, "post")) by \(quantity(accounts, "account")), \(quantity(tags, "hashtag"))"
    }

    /// What became of a slot, for people.
    fileprivate var sentence: String {
        let note = note.flatMap { $0.isEmpty ? nil : "; \($0)" } ?? ""
        let share = FixedPoint.text(coverage * 100, decimals: 1)
        return "\(source) \(slot): \(status.rawValue), \(amounts), "
            + ended("coverage \(share) %\(note)")
    }
}

extension SnapshotError: ExitCoded {
    var exitCode: ExitCode { isRefusal ? .refused : .failed }
}
