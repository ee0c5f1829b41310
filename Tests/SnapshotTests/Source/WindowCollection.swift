@testable import Snapshot

/// What a source hands over for a request, and what it throws in the end.
struct WindowCollection {
    private(set) var windows: [ClosedWindow] = []
    private(set) var error: (any Error)?

    static func of(_ source: some PostSource, _ request: WindowRequest) async -> WindowCollection {
        var collection = WindowCollection()
        do {
            try await source.read(request) { collection.windows.append($0) }
        } catch {
            collection.error = error
        }
        return collection
    }

    /// Each window in a line: slot, status, coverage, posts, accounts, and the note in brackets.
    var lines: [String] {
        windows.map { window in
            let row = window.row(version: "1")
            return "\(row.slot) \(row.status) \(row.coverage) \(row.posts) \(row.accounts)"
                + (window.note.isEmpty ? "" : " (\(window.note))")
        }
    }

    var sentence: String? { error.map { "\($0)" } }
}

extension ClosedWindow {
    /// Its tags as `key posts accounts`.
    var tags: [String] { tally.tags.map { "\($0.key) \($0.posts) \($0.accounts)" } }
}
