import Calendar
import Decode
import Transport

/// When a server lets us ask again, by what its answers say of their rate limit.
///
/// `X-RateLimit-Remaining` and `X-RateLimit-Reset` (Mastodon: RFC 3339; X: `x-rate-limit-…`, seconds
/// since 1970), and `Retry-After` (RFC 9110, section 10.2.3). Times are taken against the answer's own
/// Date, so that a wrong clock here does not matter. An answer that sends us away though requests
/// remain is about something else than their number, such as connections that are still open (X:
/// TooManyConnections): the reset has nothing to say of it.
struct RequestPace: Sendable {
    /// Nothing may be asked before it; nil if anything may be at once.
    private(set) var notBefore: ContinuousClock.Instant?
    /// Answers in a row that sent us away and did not say for how long.
    private var unsaidCount = 0
    /// Requests per period, as the server said; for sentences.
    private(set) var limit: String?

    /// How many seconds the server's clock is ahead of ours; nil if it does not tell.
    private(set) var clockLead: Int?

    /// What the server's clock showed, and when; nil if it has not told.
    private(set) var date: (time: Timestamp, at: ContinuousClock.Instant)?

    /// Whether an answer asks us to come back later: 429, its forerunner 420 of Twitter's API 1.1, and
    /// 408.
    static func isLimit(_ status: Int) -> Bool { [408, 420, 429].contains(status) }

    /// The wait after an answer that does not say how long: doubled from answer to answer up to this.
    private static let longestUnsaid = Duration.seconds(900)
    private static let longest = Duration.seconds(86_400)

    /// Takes note of an answer that came at `instant`, when the clock showed `now`; `unsaid` is the
    /// wait after one that asks for patience and does not say how long, doubled each time. Without it such an
    /// answer asks for no wait: nor does one that names a time which has passed, or is more than a day away.
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
        if let date { self.date = (date, instant) }
        func wait(_ text: String) -> Duration? {
            (Timestamp(rfc3339: text) ?? Timestamp(httpDate: text)
                ?? Int64(text).flatMap(Self.since))
                .map { .seconds(max(0, $0.seconds(since: served))) }
        }
        limit = field("Limit") ?? limit
        var pause: Duration?
        let remaining = field("Remaining").flatMap { Int($0) }
        if Self.isLimit(status) {
            let reset = remaining ?? 0 > 0 ? nil : field("Reset").flatMap(wait)
            let said =
                headers["Retry-After"].flatMap { text in
                    // A small number is a delay, unlike the times that servers give elsewhere.
                    Int64(text).flatMap { Self.since($0) == nil ? .seconds($0) : nil } ?? wait(text)
                } ?? reset
            // The period is over a moment after its last second began.
            pause =
                if let unsaid {
                    said.map { max($0, .seconds(1)) }
                        ?? min(unsaid * (1 << unsaidCount), Self.longestUnsaid)
                } else {
                    said.flatMap { $0 > .zero && $0 <= Self.longest ? $0 : nil }
                }
            unsaidCount = said == nil ? min(unsaidCount + 1, 10) : 0
        } else {
            if remaining == 0 { pause = field("Reset").flatMap(wait) }
            unsaidCount = 0
        }
        notBefore = pause.map { instant + min($0, Self.longest) }
    }

    /// Of seconds since 1970, told from small counts of seconds.
    private static func since(_ number: Int64) -> Timestamp? {
        number > 1_000_000_000 ? Timestamp(secondsSinceEpoch: number) : nil
    }
}
