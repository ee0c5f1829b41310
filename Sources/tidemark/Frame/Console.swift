import Glibc
import Synchronization

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

    let verbosity: Verbosity
    /// Whether a person looks at stderr.
    let isTerminal: Bool
    let hasColour: Bool
    private let descriptor: Int32
    private let progressShown = Mutex(false)

    /// - Parameters:
    ///   - descriptor: where sentences go.
    ///   - environment: `NO_COLOR` (no-color.org) and `TERM` decide on colour.
    init(
        verbosity: Verbosity = .normal, descriptor: Int32 = STDERR_FILENO,
        environment: [String: String] = [:]
    ) {
        self.verbosity = verbosity
        self.descriptor = descriptor
        let dumb = environment["TERM"] == nil || environment["TERM"] == "dumb"
        isTerminal = isatty(descriptor) == 1
        hasColour = isTerminal && !dumb && environment["NO_COLOR", default: ""].isEmpty
    }

    /// Why the run failed: always shown.
    func fail(_ sentence: String) { write(label: "tidemark: ", colour: "31", sentence) }

    /// Something the user should look at though the run goes on.
    func warn(_ sentence: String) {
        if verbosity >= .normal { write(label: "tidemark: warning: ", colour: "33", sentence) }
    }

    /// What was done: for people at a terminal, and in verbose runs.
    func note(_ sentence: String) {
        if verbosity == .verbose || (verbosity == .normal && isTerminal) {
            write(label: "", colour: nil, sentence)
        }
    }

    /// What the user has to know even if nobody is at the terminal.
    func say(_ sentence: String) {
        if verbosity >= .normal { write(label: "", colour: nil, sentence) }
    }

    /// Puts `text` into the progress line; nil takes the line away. Nothing without a terminal.
    func progress(_ text: String?) {
        guard isTerminal, verbosity >= .normal else { return }
        progressShown.withLock { shown in
            if let text {
                put("\r" + Printable.line(text) + Self.eraseRest)
            } else if shown {
                put("\r" + Self.eraseRest)
            }
            shown = text != nil
        }
    }

    /// Result bytes to stdout.
    ///
    /// - Throws: `ConsoleError.closed` if the reader has gone, which is no failure to speak of.
    func output(_ bytes: [UInt8]) throws(ConsoleError) {
        guard Self.write(bytes, to: STDOUT_FILENO) else {
            throw errno == EPIPE ? .closed : .unwritable(String(cString: strerror(errno)))
        }
    }

    private static let eraseRest = "\u{1B}[K"

    private func write(label: String, colour: String?, _ sentence: String) {
        let start = hasColour ? colour.map { "\u{1B}[\($0)m\(label)\u{1B}[0m" } ?? label : label
        // Lines of our own stay lines; everything else in them is escaped.
        let lines = sentence.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Printable.line(String($0)) }
        progressShown.withLock { shown in
            if shown { put("\r" + Self.eraseRest) }
            shown = false
            put(start + lines.joined(separator: "\n") + "\n")
        }
    }

    private func put(_ text: String) { _ = Self.write(Array(text.utf8), to: descriptor) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
