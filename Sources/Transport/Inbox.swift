import Synchronization

/// Between the thread of curl, which fills it, and one reader, which empties it.
///
/// Bounded: when it is full curl is told to pause, and what paused it is told on when the reader
/// has taken it all.
final class Inbox: Sendable {
    struct Head: Sendable {
        var status: Int
        var headers: Headers
    }

    private struct State {
        var head: Head?
        var bytes: [UInt8] = []
        var end: Result<Void, TransportError>?
        var isPaused = false
        var reader: CheckedContinuation<Void, Never>?
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    // MARK: curl's side

    func deliver(_ head: Head) {
        change { $0.head = head }
    }

    /// False if there is no room: the bytes were not taken, and a resume will follow. Nothing goes in after a
    /// cancellation, which may have dropped what came before it.
    func deliver(_ bytes: UnsafeRawBufferPointer) -> Bool {
        change { state in
            guard state.end == nil else { return true }
            state.isPaused = state.bytes.count >= capacity
            if !state.isPaused { state.bytes.append(contentsOf: bytes) }
            return !state.isPaused
        }
    }

    /// Only the first end counts, unless a cancellation drops what came before it and was not read.
    func finish(_ end: Result<Void, TransportError>) {
        change { state in
            if case .failure(.cancelled) = end, !state.bytes.isEmpty {
                (state.bytes, state.end) = ([], end)
            }
            state.end = state.end ?? end
        }
    }

    var isFinished: Bool { state.withLock { $0.end != nil } }

    private func change<Value>(_ body: (inout State) -> Value) -> Value {
        let (value, reader) = state.withLock { state in
            let value = body(&state)
            let reader = state.reader
            state.reader = nil
            return (value, reader)
        }
        reader?.resume()
        return value
    }

    // MARK: the reader's side

    func head() async throws(TransportError) -> Head {
        await wait { $0.head != nil || $0.end != nil }
        let (head, end) = state.withLock { ($0.head, $0.end) }
        if let head { return head }
        try end?.get()
        throw .unavailable(reason: "curl ended a request without an answer")
    }

    /// What has come since the last call, or nil at the end; `resume` is called if curl was paused.
    func chunk(resume: () -> Void) async throws(TransportError) -> [UInt8]? {
        await wait { !$0.bytes.isEmpty || $0.end != nil }
        let (bytes, end, wasPaused) = state.withLock { state in
            defer {
                state.bytes = []
                state.isPaused = false
            }
            return (state.bytes, state.end, state.isPaused)
        }
        if wasPaused { resume() }
        if !bytes.isEmpty { return bytes }
        try end?.get()
        return nil
    }

    private func wait(until isReady: @Sendable (borrowing State) -> Bool) async {
        while !state.withLock({ isReady($0) }) {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    let isDue = isReady(state)
                    if !isDue { state.reader = continuation }
                    return isDue
                }
                if isDue { continuation.resume() }
            }
        }
    }
}
