import Synchronization

/// Between the thread that reads a WebSocket, which fills it, and one reader, which empties it.
///
/// Holds one batch: while it is not taken the thread gathers one more and then stops reading, so that
/// the sender has to wait.
final class MessageBox: Sendable {
    private struct State {
        var isOpen = false
        var batch: MessageBatch?
        /// One that was read, for its memory.
        var spare: MessageBatch?
        var end: TransportError?
        /// How long the reader waits for a message; nil while it does not wait, or waits for ever.
        var patience: Duration?
        var reader: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    // MARK: the thread's side

    func open() { change { $0.isOpen = true } }

    /// Whether there is room for a batch.
    var hasRoom: Bool { state.withLock { $0.batch == nil } }

    var patience: Duration? { state.withLock { $0.patience } }

    /// There must be room. Nothing goes in after a cancellation, which may have dropped what came
    /// before it.
    func put(_ batch: MessageBatch) { change { if $0.end != .cancelled { $0.batch = batch } } }

    /// A batch whose memory may be used again.
    func takeSpare() -> MessageBatch {
        state.withLock { state in
            defer { state.spare = nil }
            return state.spare ?? MessageBatch()
        }
    }

    /// Only the first end counts, unless a cancellation drops what came before it and was not read.
    func finish(_ end: TransportError) {
        change { state in
            if end == .cancelled, state.batch != nil { (state.batch, state.end) = (nil, end) }
            state.end = state.end ?? end
        }
    }

    var isFinished: Bool { state.withLock { $0.end != nil } }

    private func change(_ body: (inout State) -> Void) {
        let reader = state.withLock { state in
            body(&state)
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    // MARK: the reader's side

    func opened() async throws(TransportError) {
        await wait { $0.isOpen || $0.end != nil }
        let (isOpen, end) = state.withLock { ($0.isOpen, $0.end) }
        if !isOpen, let end { throw end }
    }

    /// The next batch; `wake` is called when the thread has to look at the box again.
    func next(
        within patience: Duration?, wake: @Sendable () -> Void
    ) async throws(TransportError) -> MessageBatch {
        let isImpatient = state.withLock { state in
            defer { state.patience = patience }
            return state.batch == nil && state.patience != patience
        }
        if isImpatient { wake() }
        await wait { $0.batch != nil || $0.end != nil }
        let (batch, end) = state.withLock { state in
            defer { state.batch = nil }
            return (state.batch, state.end)
        }
        if let batch {
            wake()
            return batch
        }
        throw end ?? .cancelled
    }

    /// Takes a batch back that was read. The memory of a huge message is not kept.
    func giveBack(_ batch: consuming MessageBatch) {
        guard batch.bytes.capacity <= 1 << 20 else { return }
        state.withLock { [batch] in $0.spare = batch }
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
