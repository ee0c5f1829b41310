import Calendar
import Synchronization

/// Credentials asked for once and kept until five minutes before they end.
///
/// However many requests find them about to end, one asks for new ones and the others wait for it.
/// Where that fails, those that are there are used as long as they last.
public final class CachedCredentials: CredentialSource {
    private typealias Fetch = Task<Result<Credentials?, AWSError>, Never>

    private struct State {
        var credentials: Credentials?
        /// When they were last asked for, and whether that gave them.
        var asked: (at: Timestamp, isAnswered: Bool)?
        var fetch: Fetch?
    }

    private let source: any CredentialSource
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())

    public init(
        _ source: any CredentialSource,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.source = source
        self.now = now
    }

    public var name: String { source.name }

    public func credentials() async throws(AWSError) -> Credentials? {
        let (kept, fetch) = state.withLock { state in
            if let kept = state.credentials, isGood(kept, asked: state.asked) {
                return (Optional(kept), Fetch?.none)
            }
            let fetch = state.fetch ?? begin()
            state.fetch = fetch
            return (state.credentials, fetch)
        }
        guard let fetch else { return kept }
        // The whole run is cancelled, or nobody is: the one fetch may end with whoever waits.
        let outcome = await withTaskCancellationHandler {
            await fetch.value
        } onCancel: {
            fetch.cancel()
        }
        if case .failure = outcome, let kept, left(of: kept) > 0 { return kept }
        return try outcome.get()
    }

    private func begin() -> Fetch {
        Task {
            let outcome: Result<Credentials?, AWSError>
            do throws(AWSError) {
                outcome = .success(try await source.credentials())
            } catch {
                outcome = .failure(error)
            }
            state.withLock { state in
                state.fetch = nil
                switch outcome {
                case .success(let found):
                    state.credentials = found
                    state.asked = (now(), true)
                case .failure: state.asked = (now(), false)
                }
            }
            return outcome
        }
    }

    /// Nobody is asked twice within a minute: not for new credentials that a wrong clock takes for
    /// old ones, nor, while those that are there last, after nobody answered.
    private func isGood(
        _ credentials: Credentials, asked: (at: Timestamp, isAnswered: Bool)?
    ) -> Bool {
        let left = left(of: credentials)
        guard left <= 300, let asked else { return true }
        let age = now().seconds(since: asked.at)
        return (0..<60).contains(age) && (asked.isAnswered || left > 0)
    }

    /// Seconds.
    private func left(of credentials: Credentials) -> Int {
        credentials.expiration.map { $0.seconds(since: now()) } ?? .max
    }
}
