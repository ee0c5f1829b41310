import Calendar
import Synchronization
import Transport

@testable import Decode
@testable import Snapshot
@testable import Tally

/// Whatever a server of Mastodon or X says, and however it is cut: the same is read of it, no more than
/// was paid for, and nothing of it decides where a token goes in plain text.
enum ServerRules {
    static func check(_ input: inout FuzzInput) throws {
        let choice = input.decision()
        let seed = input.decision()
        let budget = input.decision() % 12
        let api = choice % 2 == 0 ? XAPI.v2 : .v1
        let whole = try stream([input.bytes], api, budget: budget)
        let pieces = try stream(input.pieces(seed: seed), api, budget: budget)
        try requireEqual(whole, pieces, "a stream of X in one piece, and in several")
        try requireEqual(
            page([input.bytes]), page(input.pieces(seed: seed)),
            "a page in one piece, and in several")
        try checkIDs(input.text)
        try checkInstance(Array(input.bytes))
        try checkPace(input.text, status: choice % 2 == 0 ? 429 : 200)
    }

    /// What was read of a stream, up to where it was to stop.
    private static func stream(
        _ chunks: [ArraySlice<UInt8>], _ api: XAPI, budget: Int
    ) throws -> [Int] {
        let paid = Mutex((reserved: 0, returned: 0))
        var reader = XReader(
            api, othersRules: ["9"],
            meter: PostMeter(
                left: budget, limit: "",
                look: { budget - paid.withLock { $0.reserved - $0.returned } }
            ) { reserved, returned in
                paid.withLock { $0 = ($0.reserved + reserved, $0.returned + returned) }
            })
        var events: [StreamEvent] = []
        var verdict = LiveStream.Verdict.goOn
        for chunk in chunks where verdict != .stop {
            verdict = reader.take(Array(chunk), to: &events)
        }
        if verdict != .stop { _ = reader.take(nil, to: &events) }
        reader.settle()
        let spent = paid.withLock { $0.reserved - $0.returned }
        try require(reader.meter.posts <= budget, "\(reader.meter.posts) posts of \(budget)")
        try requireEqual(spent, reader.meter.posts, "posts paid for, and read")
        return [
            reader.meter.posts, reader.foreign,
            events.count { if case .post = $0 { true } else { false } },
        ]
    }

    private static func page(_ chunks: [ArraySlice<UInt8>]) -> [String]? {
        var page = TimelinePage(
            decoder: MastodonDecoder(
                grammar: .mastodon, identity: Identity(salt: 7), domain: "a.example"))
        for chunk in chunks { page.take(Array(chunk)) }
        return page.finish() ? page.items.map { "\($0)" } : nil
    }

    private static func checkIDs(_ text: String) throws {
        for ids in [TimelineIDs.snowflake, .ulid, .flake, .lowerULID, .uuid, .pixelfed] {
            guard let value = ids.value(of: text) else { continue }
            try requireEqual(ids.value(of: ids.id(of: value)), value, "an id, and written again")
            _ = ids.milliseconds(of: value)
        }
    }

    private static func checkInstance(_ body: [UInt8]) throws {
        let instance = MastodonInstance(body, base: "https://a.example")
        let address = try Address(instance.streaming + "/api")
        try require(
            address.scheme == "https" || address.scheme == "http" && address.isLoopback,
            "\(address)")
    }

    private static func checkPace(_ text: String, status: Int) throws {
        let now = ContinuousClock.now
        for name in ["Retry-After", "X-RateLimit-Reset", "x-rate-limit-reset", "Date"] {
            var pace = RequestPace()
            pace.take(
                status: status,
                headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": text, name: text],
                at: now, now: Timestamp(secondsSinceEpoch: 1_795_370_400))
            let wait = pace.notBefore.map { $0 - now } ?? .zero
            try require(wait >= .zero && wait <= .seconds(86_400), "a wait of \(wait)")
        }
    }
}
