import Archive
import Calendar
import Files

/// How the last publish went, and what was read last, for Prometheus (text exposition format 0.0.4): all gauges.
struct RunMetrics {
    private let report: RunReport
    private let start: Timestamp
    private let end: Timestamp

    init(_ report: RunReport, from start: Timestamp, to end: Timestamp) {
        (self.report, self.start, self.end) = (report, start, end)
    }

    private static let success = "tidemark_last_success_timestamp_seconds"

    /// Puts them in the place of the last ones, of which the time of the last success is kept until the next.
    func write(to path: String, of archive: String) throws {
        let before = try WholeFile.readIfPresent(path) ?? []
        let known = before.split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0, as: UTF8.self) }.first { $0.hasPrefix(Self.success + " ") }
        let lastSuccess =
            report.isDone
            ? "\(end.secondsSinceEpoch)"
            : known.map { String($0.dropFirst(Self.success.count + 1)) }
        var text = ""
        func gauge(_ name: String, _ meaning: String, _ samples: [(labels: String, value: String)])
        {
            guard !samples.isEmpty else { return }
            text += "# HELP \(name) \(meaning)\n# TYPE \(name) gauge\n"
            for sample in samples { text += "\(name)\(sample.labels) \(sample.value)\n" }
        }
        gauge(
            "tidemark_last_run_timestamp_seconds", "When the last publish ended.",
            [("", "\(end.secondsSinceEpoch)")])
        gauge(
            "tidemark_last_run_duration_seconds", "How long it took.",
            [("", "\(end.seconds(since: start))")])
        gauge(
            "tidemark_last_run_exit_code", "How it ended: 0 is well.", [("", "\(report.exitCode)")])
        gauge(
            Self.success, "When a publish last ended well.", lastSuccess.map { [("", $0)] } ?? [])
        let newest = try newest(in: archive)
        func windows(_ value: (WindowRow) -> String) -> [(labels: String, value: String)] {
            newest.map { ("{source=\"\(Self.label($0.source))\"}", value($0)) }
        }
        gauge(
            "tidemark_window_start_timestamp_seconds",
            "Start of the newest slot of which anything was read.",
            windows { "\($0.slot.secondsSinceEpoch)" })
        gauge(
            "tidemark_window_coverage_ratio", "The share of it that was read.",
            windows { FixedPoint.text($0.coverage, decimals: 4) })
        gauge("tidemark_window_posts", "Posts of it that count.", windows { "\($0.posts)" })
        gauge("tidemark_window_accounts", "People of it.", windows { "\($0.accounts)" })
        try WholeFile.write(Array(text.utf8), to: path, isSynced: false)
    }

    /// The newest window of each source, of this year and the last, in the order of the names.
    private func newest(in archive: String) throws(ArchiveError) -> [WindowRow] {
        let reader = ArchiveReader(folder: archive)
        var newest: [String: WindowRow] = [:]
        for year in [end.date.year - 1, end.date.year] {
            for window in try reader.windows(year: year) where window.status != .missing {
                newest[window.source] = window
            }
        }
        return newest.values.sorted { $0.source < $1.source }
    }

    private static func label(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }
}
