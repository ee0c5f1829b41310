import Archive
import Calendar
import Foundation

/// What became of a publish: a line of `archive/runs/YYYY-MM.ndjson`, and what commands of `hooks` read from their
/// standard input (docs/operating.md).
struct RunReport: Codable, Hashable, Sendable {
    /// A window that was archived, as in `windows/`.
    struct Window: Codable, Hashable, Sendable {
        var slot, source, status: String
        var coverage: Double
        var posts, accounts: Int
        var note: String?
    }

    /// Every file of the site was rendered anew.
    struct Rendering: Codable, Hashable, Sendable {
        var files, seconds: Int
    }

    /// Of this layout; members may be added to it.
    var version = 1
    /// In UTC, by RFC 3339.
    var started, ended: String
    /// A name of `ExitCode`: done, partly, failed, refused, busy, configuration.
    var outcome: String
    var exitCode: Int32
    var windows: [Window]
    /// Nil unless all of the site was rendered, as the first time and after an upgrade.
    var rendered: Rendering?
    /// Errors and warnings, as on stderr.
    var messages: [String]
    /// `site.url`, and the folder that the site is built into.
    var site: String?
    var output: String
}

extension RunReport {
    /// - Parameter code: how the run ended.
    init(
        from start: Timestamp, to end: Timestamp, _ code: ExitCode, _ record: RunRecord,
        _ audience: Audience
    ) {
        (started, ended) = (start.description, end.description)
        (outcome, exitCode) = ("\(code)", code.rawValue)
        windows = record.windows.map {
            Window(
                slot: $0.slot.description, source: $0.source, status: $0.status.rawValue,
                coverage: $0.coverage, posts: $0.posts, accounts: $0.accounts, note: $0.note)
        }
        rendered = record.rendered.map { Rendering(files: $0.files, seconds: $0.seconds) }
        messages = record.messages
        (site, output) = (audience.site, audience.output)
    }

    var isDone: Bool { exitCode == ExitCode.done.rawValue }

    /// Whether a run of every hour has anything to remember of this one.
    var isWorthKeeping: Bool {
        !isDone || !windows.isEmpty || !messages.isEmpty || rendered != nil
    }

    /// Whether it failed as the other did, but for what has numbers in it, such as times.
    func repeats(_ other: RunReport) -> Bool {
        fault == other.fault
    }

    /// What it met, but for what has numbers in it.
    var fault: String {
        let all = ([outcome] + messages).joined(separator: "\n")
        return String(
            String.UnicodeScalarView(all.unicodeScalars.filter { !("0"..."9").contains($0) }))
    }

    /// JSON on one line, with its end.
    var line: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ((try? encoder.encode(self)).map { [UInt8]($0) } ?? []) + [UInt8(ascii: "\n")]
    }

    /// Nil for what is no such line.
    init?(line: some Collection<UInt8>) {
        guard let report = try? JSONDecoder().decode(Self.self, from: Data(line)) else {
            return nil
        }
        self = report
    }
}
