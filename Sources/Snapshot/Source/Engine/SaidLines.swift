import FoundationEssentials
import Synchronization

/// What a job has said so far, an object of JSON a line; other lines are the engine's own.
final class SaidLines: Sendable {
    private struct Line: Decodable {
        var files: Int?
        var slot: String?
        var round: Int?
        var done: Bool?
        var error: String?
    }

    private struct State {
        var files = 0
        var isDone = false
        var error: String?
    }

    private let state = Mutex(State())

    var isDone: Bool { state.withLock(\.isDone) }
    var error: String? { state.withLock(\.error) }
    var fileCount: Int { state.withLock(\.files) }

    /// Takes in a line; returns what to show of it, and the round that is done by it.
    func take(_ text: String) -> (sentence: String?, round: Int?) {
        guard let line = try? JSONDecoder().decode(Line.self, from: Data(text.utf8)) else {
            return (nil, nil)
        }
        return state.withLock { state in
            state.isDone = state.isDone || line.done ?? false
            state.error = line.error ?? state.error
            state.files += line.files ?? 0
            if let slot = line.slot { return ("Spark: \(slot) is added up", line.round) }
            return (line.files.map { _ in "Spark: \(state.files) files are mapped" }, line.round)
        }
    }
}
