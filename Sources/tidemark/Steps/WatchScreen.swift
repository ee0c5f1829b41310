import Snapshot
import Synchronization
import Tally
import Text

/// The tables of `watch` on stdout: drawn over themselves on a terminal, else printed when a window is
/// over.
final class WatchScreen: Sendable {
    private struct State {
        var tables: [String: [String]] = [:]
        /// Lines on the terminal that the next drawing goes over.
        var drawn = 0
    }

    private let isRedrawn: Bool
    private let top: Int
    private let console: Console
    private let state = Mutex(State())

    init(isRedrawn: Bool, top: Int, _ console: Console) {
        self.isRedrawn = isRedrawn
        self.top = top
        self.console = console
    }

    /// The counts of a source so far.
    func update(_ source: String, _ tally: Counts) {
        guard isRedrawn else { return }
        console.progress(nil)
        state.withLock { state in
            state.tables[source] = Self.table(source, tally, top: top)
            let lines = state.tables.sorted { $0.key < $1.key }.flatMap(\.value)
            put(Self.redrawing(lines, over: state.drawn))
            state.drawn = lines.count
        }
    }

    /// The counts of a source whose window is over.
    func finish(_ source: String, _ tally: Counts) {
        if isRedrawn { return update(source, tally) }
        console.progress(nil)
        state.withLock { _ in
            put(Self.table(source, tally, top: top).map { $0 + "\n" }.joined())
        }
    }

    /// Up by the lines that are there, then each line anew and the rest of the old ones away.
    static func redrawing(_ lines: [String], over drawn: Int) -> String {
        (drawn > 0 ? "\u{1B}[\(drawn)A" : "") + lines.map { $0 + "\u{1B}[K\n" }.joined()
            + "\u{1B}[J"
    }

    static func table(_ source: String, _ tally: Counts, top: Int) -> [String] {
        let head =
            "\(source)  \(quantity(tally.posts, "post")) by \(quantity(tally.accounts, "account")), "
            + quantity(tally.tagCount, "hashtag")
        let rows = tally.tags.prefix(top).enumerated().map { index, tag in
            pad("\(index + 1)", 3) + pad("\(tag.accounts)", 8) + pad("\(tag.posts)", 8) + "  #"
                + terminalSafe(tag.spelling, limit: 40)
        }
        return [head, pad("", 3) + pad("people", 8) + pad("posts", 8)] + rows
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }

    /// Who closed the output sees no more; the window is read on.
    private func put(_ text: String) { try? console.output(Array(text.utf8), isDrawn: true) }
}

/// A source cannot be looked at as it goes, or none can.
enum WatchError: ExitCoded, Hashable, CustomStringConvertible {
    case nothing
    case nothingToFollow
    case unknown(name: String)
    case unwatchable(name: String)

    var description: String {
        let which =
            "those of kind bluesky, kafka and socket can, mastodon with mode: stream, and x when it is named"
        return switch self {
        case .nothing: "no source can be watched; \(which)"
        case .nothingToFollow:
            "no source can be followed; those of kind bluesky and kafka can, mastodon with mode: stream, and socket, kinesis and x when "
                + "they are named"
        case .unknown(let name): "there is no source \(name); see sources in the configuration"
        case .unwatchable(let name): "the source \(name) cannot be watched; \(which)"
        }
    }
    var exitCode: ExitCode { .configuration }
}
