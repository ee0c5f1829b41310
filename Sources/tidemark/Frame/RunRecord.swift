import Archive
import Synchronization

/// What a run did and met so far, gathered where it happens, for those who are told of it at the end.
final class RunRecord: Sendable {
    private struct Contents {
        var windows: [WindowRow] = []
        var messages: [String] = []
        var rendered: (files: Int, seconds: Int)?
    }

    /// More are left out: what goes wrong a thousand times is said by the first of them.
    private static let longest = 100

    private let contents = Mutex(Contents())

    /// What was archived.
    func add(_ windows: [WindowRow]) { contents.withLock { $0.windows += windows } }

    /// An error or a warning, as people are told of it.
    func add(_ sentence: String) {
        contents.withLock { if $0.messages.count < Self.longest { $0.messages.append(sentence) } }
    }

    var windows: [WindowRow] { contents.withLock { $0.windows } }
    var messages: [String] { contents.withLock { $0.messages } }
    /// What it took to render every file of the site, if that was done.
    var rendered: (files: Int, seconds: Int)? {
        get { contents.withLock { $0.rendered } }
        set { contents.withLock { $0.rendered = newValue } }
    }
}
