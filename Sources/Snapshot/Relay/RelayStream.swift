import AWS
import Dispatch
import Synchronization
import Tasks

/// A stream of Kinesis: a record each, its key the post's id, so that a post's versions keep their order.
///
/// What is refused in passing is put again for as long as it takes; the source waits meanwhile.
public final class RelayStream: RelayTarget {
    private struct State {
        var waiting: [NewRecord] = []
        var byteCount = 0
        /// Records that were ever taken, and those that the stream has.
        var (taken, delivered) = (0, 0)
        /// How many had been taken at each mark that is not settled yet, and the marks before these.
        var (marks, settledCount): ([Int], Int) = ([], 0)
        var failure: AWSError?
        /// Whoever waits for room, for something to put, or for all to be there.
        var writers: [CheckedContinuation<Void, Never>] = []
        var deliverer: CheckedContinuation<Void, Never>?
        var isAwaited = false
        var isClosed = false

        var isDelivered: Bool { taken == delivered || failure != nil }
        var hasRoom: Bool {
            failure != nil || isClosed || byteCount < most.bytes && waiting.count < most.records
        }
    }

    private let client: KinesisClient
    private let told: Relay.Told
    private let state = Mutex(State())
    private let allDelivered = DispatchSemaphore(value: 0)

    /// Bytes and records that wait in memory; a chunk of the source may come on top of them.
    static let most = (bytes: 8 << 20, records: 20_000)
    /// A record, with its key.
    private static let longest = 1 << 20
    private static let longestKey = 256

    /// - Parameters:
    ///   - client: bears refusals in passing for as long as the relay is to.
    ///   - told: what happens to single records, for people.
    public init(to client: KinesisClient, told: @escaping Relay.Told) {
        (self.client, self.told) = (client, told)
    }

    /// Puts what is written for as long as the body runs, even where its task has been cancelled: it ends with `finish`.
    public func delivering<Value: Sendable>(
        _ body: () async throws -> Value
    ) async throws -> Value {
        let delivery = Task { await deliver() }
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        delivery.cancel()
        close()
        await delivery.value
        return try outcome.get()
    }

    public func room() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isNow = state.withLock { state in
                    if Task.isCancelled || state.hasRoom { return true }
                    state.writers.append(continuation)
                    return false
                }
                if isNow { continuation.resume() }
            }
        } onCancel: {
            wakeWriters()
        }
    }

    public func write(_ record: RelayedRecord, isStopped: () -> Bool) throws {
        let key = String(
            String.UnicodeScalarView((record.id ?? "-").unicodeScalars.prefix(Self.longestKey)))
        let byteCount = record.text.count + key.utf8.count
        guard byteCount <= Self.longest else {
            return told(
                "a record of \(record.text.count) bytes is left out: a stream takes \(Self.longest) at the most"
            )
        }
        let deliverer = try state.withLock { state in
            if let failure = state.failure { throw SnapshotError.service(failure) }
            state.waiting.append(NewRecord(key: key.isEmpty ? "-" : key, bytes: record.text))
            state.byteCount += byteCount
            state.taken += 1
            defer { state.deliverer = nil }
            return state.deliverer
        }
        deliverer?.resume()
    }

    public func mark() -> Int {
        state.withLock { state in
            state.marks.append(state.taken)
            return state.settledCount + state.marks.count
        }
    }

    public func settled() throws -> Int? {
        try state.withLock { state in
            if let failure = state.failure { throw SnapshotError.service(failure) }
            let count = state.marks.prefix { $0 <= state.delivered }.count
            state.marks.removeFirst(count)
            state.settledCount += count
            return state.settledCount > 0 ? state.settledCount : nil
        }
    }

    public func finish() {
        let isDone = state.withLock { state in
            state.isAwaited = true
            return state.isDelivered
        }
        if !isDone { _ = allDelivered.wait(timeout: .now() + .seconds(10)) }
    }

    private func deliver() async {
        while let records = await next() {
            let failure: AWSError?
            do throws(AWSError) {
                try await client.put(records)
                failure = nil
            } catch {
                failure = error
            }
            let isWanted = state.withLock { state in
                state.failure = failure
                if failure == nil { state.delivered += records.count }
                return state.isAwaited && state.isDelivered
            }
            wakeWriters()
            if isWanted { allDelivered.signal() }
            if failure != nil { return }
        }
    }

    /// What is to be put next, waiting for it; nil at the end.
    private func next() async -> [NewRecord]? {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                if state.isClosed || !state.waiting.isEmpty { return true }
                state.deliverer = continuation
                return false
            }
            if isNow { continuation.resume() }
        }
        return state.withLock { state in
            guard !state.isClosed else { return nil }
            defer { (state.waiting, state.byteCount) = ([], 0) }
            return state.waiting
        }
    }

    private func wakeWriters() {
        let writers = state.withLock { state in
            defer { state.writers = [] }
            return state.writers
        }
        for writer in writers { writer.resume() }
    }

    private func close() {
        let deliverer = state.withLock { state in
            state.isClosed = true
            defer { state.deliverer = nil }
            return state.deliverer
        }
        deliverer?.resume()
        wakeWriters()
    }
}
