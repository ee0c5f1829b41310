import Calendar
import Files
import Glibc
import Synchronization
import Text

/// What a run says to its user: sentences on stderr, results on stdout.
///
/// On a terminal there is also a progress line; from cron success is silent. Whatever comes from
/// outside is shown with its control characters escaped.
final class Console: Sendable {
    enum Verbosity: Int, Comparable, Sendable {
        /// Errors alone.
        case quiet
        /// Errors and warnings, and on a terminal notes and progress.
        case normal
        /// Everything.
        case verbose

        static func < (left: Verbosity, right: Verbosity) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// How sentences are written.
    enum Form: String, CaseIterable, Sendable {
        /// Lines of text; for the journal of systemd, each with its priority before it.
        case text
        /// An object a line: `time`, `level` (error, warning, info) and `message`.
        case json
    }

    /// How much a sentence matters, by the priorities of syslog.
    private enum Level: Int {
        case error = 3
        case warning = 4
        case info = 6
    }

    let verbosity: Verbosity
    private let form: Form
    private let isJournal: Bool
    /// Whether a person looks at stderr.
    let isTerminal: Bool
    let hasColour: Bool
    private let record: RunRecord?
    private let descriptor: Int32
    private let progressShown = Mutex(false)

    /// - Parameters:
    ///   - descriptor: where sentences go.
    ///   - environment: `NO_COLOR` (no-color.org) and `TERM` decide on colour, `JOURNAL_STREAM` tells what the
    ///     journal of systemd reads.
    ///   - record: Where errors and warnings are kept besides.
    init(
        verbosity: Verbosity = .normal, form: Form = .text, descriptor: Int32 = STDERR_FILENO,
        environment: [String: String] = [:], record: RunRecord? = nil
    ) {
        self.record = record
        self.verbosity = verbosity
        self.form = form
        isJournal = Self.isJournal(descriptor, environment)
        self.descriptor = descriptor
        let dumb = environment["TERM"] == nil || environment["TERM"] == "dumb"
        isTerminal = isatty(descriptor) == 1
        hasColour = isTerminal && !dumb && environment["NO_COLOR", default: ""].isEmpty
    }

    /// Why the run failed: always shown.
    func fail(_ sentence: String) {
        record?.add(sentence)
        write(.error, label: "tidemark: ", colour: "31", sentence)
    }

    /// Something the user should look at though the run goes on.
    func warn(_ sentence: String) {
        record?.add(sentence)
        if verbosity >= .normal {
            write(.warning, label: "tidemark: warning: ", colour: "33", sentence)
        }
    }

    /// What was done: for people at a terminal, and in verbose runs.
    func note(_ sentence: String) {
        if verbosity == .verbose || (verbosity == .normal && isTerminal) {
            write(.info, label: "", colour: nil, sentence)
        }
    }

    /// What the user has to know even if nobody is at the terminal.
    func say(_ sentence: String) {
        if verbosity >= .normal { write(.info, label: "", colour: nil, sentence) }
    }

    /// A line of another program that we run: always shown, as it would be without us.
    func pass(_ line: String) { write(.info, label: "", colour: nil, line) }

    /// Puts `text` into the progress line; nil takes the line away. Nothing without a terminal.
    func progress(_ text: String?) {
        guard isTerminal, verbosity >= .normal else { return }
        progressShown.withLock { shown in
            if let text {
                put("\r" + terminalSafe(text, limit: .max) + Self.eraseRest)
            } else if shown {
                put("\r" + Self.eraseRest)
            }
            shown = text != nil
        }
    }

    /// Result bytes to stdout. On a terminal, what could move or turn what is shown there is escaped; programs that
    /// read them get them as they are.
    ///
    /// - Parameter isDrawn: whether they move the cursor on purpose, and what is from outside is safe already.
    /// - Throws: `ConsoleError.closed` if the reader has gone, which is no failure to speak of.
    func output(_ bytes: [UInt8], isDrawn: Bool = false) throws(ConsoleError) {
        let bytes = isatty(STDOUT_FILENO) == 1 && !isDrawn ? Self.shown(bytes) : bytes
        do throws(FileError) {
            try WholeFile.put(bytes, into: STDOUT_FILENO, of: "standard output")
        } catch {
            throw error.cause == .system(EPIPE) ? .closed : .unwritable(error)
        }
    }

    /// Line by line, by bytes: `\r\n` would be one character.
    private static func shown(_ bytes: [UInt8]) -> [UInt8] {
        Array(
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { terminalSafe(String(decoding: $0, as: UTF8.self), limit: .max) }
                .joined(separator: "\n").utf8)
    }

    private static let eraseRest = "\u{1B}[K"

    private func write(_ level: Level, label: String, colour: String?, _ sentence: String) {
        let start = hasColour ? colour.map { "\u{1B}[\($0)m\(label)\u{1B}[0m" } ?? label : label
        // Lines of our own stay lines; everything else in them is escaped.
        let lines = sentence.split(separator: "\n", omittingEmptySubsequences: false)
            .map { terminalSafe(String($0), limit: .max) }
        let text =
            switch form {
            case .json: Self.json(level, sentence)
            case .text where isJournal:
                "<\(level.rawValue)>" + start + lines.joined(separator: "\n<\(level.rawValue)>")
            case .text: start + lines.joined(separator: "\n")
            }
        progressShown.withLock { shown in
            if shown { put("\r" + Self.eraseRest) }
            shown = false
            put(text + "\n")
        }
    }

    private static func json(_ level: Level, _ sentence: String) -> String {
        var line = #"{"time":"\#(Timestamp.now())","level":"\#(level)","message":"#
        JSONString.append(sentence, to: &line)
        return line + "}"
    }

    /// Whether the journal reads what is written there, by device and inode (systemd.exec, `JOURNAL_STREAM`).
    private static func isJournal(_ descriptor: Int32, _ environment: [String: String]) -> Bool {
        guard let stream = environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        return fstat(descriptor, &status) == 0 && stream == "\(status.st_dev):\(status.st_ino)"
    }

    /// Nobody is left to be told that they cannot be told anything.
    private func put(_ text: String) {
        try? WholeFile.put(Array(text.utf8), into: descriptor, of: "standard error")
    }
}

/// Why a result could not be written to stdout.
enum ConsoleError: Error, Hashable {
    /// The reader of the pipe has gone, as `head` does.
    case closed
    case unwritable(FileError)
}

extension ConsoleError: CustomStringConvertible {
    var description: String {
        switch self {
        case .closed: "standard output was closed"
        case .unwritable(let error):
            "\(error.path) \(error.operation): \(error.cause)"
        }
    }
}
