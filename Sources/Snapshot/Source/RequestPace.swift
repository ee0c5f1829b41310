import Calendar
import Decode
import Transport

/// When a server lets us ask again, by what its answers say of their rate limit.
///
/// `X-RateLimit-Remaining` and `X-RateLimit-Reset` (Mastodon: RFC 3339; X: `x-rate-limit-…`, seconds
/// since 1970), and `Retry-After` (RFC 9110, section 10.2.3). Times are taken against the answer's own
/// Date, so that a wrong clock here does not matter.
struct RequestPace: Sendable {
    /// Nothing may be asked before it; nil if anything may be at once.
    private(set) var notBefore: ContinuousClock.Instant?
    /// Requests per period, as the server said; for sentences.
    private(set) var limit: String?

    /// How many seconds the server's clock is ahead of ours; nil if it does not tell.
    private(set) var clockLead: Int?

    /// Takes note of an answer that came at `instant`, when the clock showed `now`; `unsaid` is the
    /// wait after a 429 that does not say how long.
    mutating func take(
        status: Int, headers: Headers, at instant: ContinuousClock.Instant, now: Timestamp,
        unsaid: Duration? = .seconds(60)
    ) {
        func field(_ name: String) -> String? {
            headers["X-RateLimit-\(name)"] ?? headers["X-Rate-Limit-\(name)"]
        }
        let date = headers["Date"].flatMap(Timestamp.init(httpDate:))
        let served = date ?? now
        clockLead = date?.seconds(since: now)
        func wait(_ text: String) -> Duration? {
            (Timestamp(rfc3339: text) ?? Timestamp(httpDate: text)
                ?? Int64(text).flatMap(Self.since))
                .map { .seconds(max(0, $0.seconds(since: served))) }
        }
        limit = field("Limit") ?? limit
        var pause: Duration?
        if status == 429 {
            pause =
                headers["Retry-After"].flatMap { text in
                    // A small number is a delay, unlike the times that servers give elsewhere.
                    Int64(text).flatMap { Self.since($0) == nil ? .seconds($0) : nil } ?? wait(text)
                } ?? field("Reset").flatMap(wait) ?? unsaid
            // The period is over a moment after its last second began.
            pause = pause.map { max($0, .seconds(1)) }
        } else if field("Remaining").flatMap({ Int($0) }) == 0 {
            pause = field("Reset").flatMap(wait)
        }
        notBefore = pause.map { instant + min($0, .seconds(86_400)) }
    }

    /// Of seconds since 1970, told from small counts of seconds.
    private static func since(_ number: Int64) -> Timestamp? {
        number > 1_000_000_000 ? Timestamp(secondsSinceEpoch: number) : nil
    }
}
