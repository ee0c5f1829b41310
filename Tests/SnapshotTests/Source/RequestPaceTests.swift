import Calendar
import Testing
import Transport

@testable import Snapshot

@Suite("RequestPace")
struct RequestPaceTests {
    private static let date = "Sun, 22 Nov 2026 18:00:00 GMT"
    private static let now = Timestamp(secondsSinceEpoch: 1_795_370_400)

    @Test(
        "waits as long as an answer says, counted from the answer's own date",
        arguments: [
            (200, [:], nil), (200, ["X-RateLimit-Remaining": "1"], nil),
            (
                200,
                ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-22T18:05:00.000Z"], 300
            ),
            (200, ["x-rate-limit-remaining": "0", "x-rate-limit-reset": "1795370460"], 60),
            (200, ["X-RateLimit-Remaining": "0"], nil),
            (429, [:], 60), (429, ["Retry-After": "7"], 7),
            (429, ["Retry-After": "Sun, 22 Nov 2026 18:00:30 GMT"], 30),
            (429, ["Retry-After": "9", "X-RateLimit-Reset": "2026-11-22T18:05:00Z"], 9),
            (429, ["x-rate-limit-reset": "1795370700"], 300),
            (420, ["x-rate-limit-reset": "1795370700"], 300), (408, [:], 60), (420, [:], 60),
            // Not the number of requests is the matter.
            (429, ["x-rate-limit-remaining": "48", "x-rate-limit-reset": "1795371300"], 60),
            (429, ["x-rate-limit-remaining": "48", "Retry-After": "7"], 7),
            (429, ["x-rate-limit-remaining": "0", "x-rate-limit-reset": "1795371300"], 900),
            // Nonsense, the past, and the end of days.
            (429, ["Retry-After": "soon", "X-RateLimit-Reset": "later"], 60),
            (429, ["X-RateLimit-Reset": "2020-01-01T00:00:00Z"], 1),
            (429, ["Retry-After": "0"], 1), (429, ["Retry-After": "-5"], 1),
            (429, ["X-RateLimit-Reset": "9999-01-01T00:00:00Z"], 86_400),
            (429, ["Retry-After": "99999999999999999999"], 60),
            (429, ["Retry-After": "9223372036854775807"], 86_400),
            (429, ["x-rate-limit-reset": "-9223372036854775808"], 60),
        ] as [(Int, [String: String], Int?)])
    func waits(status: Int, fields: [String: String], seconds: Int?) {
        var headers = Headers(fields.map { Headers.Field(name: $0.key, value: $0.value) })
        let instant = ContinuousClock.now
        var pace = RequestPace()
        // A clock that is an hour wrong does not matter.
        headers["Date"] = Self.date
        pace.take(status: status, headers: headers, at: instant, now: Self.now - 3600)
        #expect(pace.notBefore == seconds.map { instant + .seconds($0) })
        #expect(pace.clockLead == 3600)
        // Without a date there is but our own clock.
        headers["Date"] = nil
        pace = RequestPace()
        pace.take(status: status, headers: headers, at: instant, now: Self.now)
        #expect(pace.notBefore == seconds.map { instant + .seconds($0) })
    }

    @Test(
        "names no wait to whoever has pauses of their own, unless the answer does within reason",
        arguments: [
            ([:], nil), (["Retry-After": "7"], 7), (["Retry-After": "0"], nil),
            (["x-rate-limit-reset": "1795370700"], 300),
            (["x-rate-limit-reset": "1795370399"], nil),
            (["x-rate-limit-reset": "1795370400000"], nil), (["x-rate-limit-reset": ""], nil),
            (["x-rate-limit-remaining": "-1", "x-rate-limit-reset": "1795370700"], 300),
        ] as [([String: String], Int?)])
    func streams(fields: [String: String], seconds: Int?) {
        let headers = Headers(fields.map { Headers.Field(name: $0.key, value: $0.value) })
        let instant = ContinuousClock.now
        var pace = RequestPace()
        pace.take(status: 429, headers: headers, at: instant, now: Self.now, unsaid: nil)
        #expect(pace.notBefore == seconds.map { instant + .seconds($0) })
    }

    @Test(
        "finds where the list goes on, however the link is written",
        arguments: [
            (
                #"<https://a.example/x?limit=40&max_id=7>; rel="next", <https://a.example/x?min_id=9>; rel="prev""#,
                "7"
            ),
            (
                #"<https://a.example/x?min_id=9>; rel="prev", <https://a.example/x?max_id=7&limit=40>; rel="next""#,
                "7"
            ),
            (#"</api/v1/x?max_id=7>;REL=Next"#, "7"),
            (#"<?max_id=7>; title="a;b"; rel="last next""#, "7"),
            (#"<https://a.example/x?a=1,2&max_id=7#top> ; rel = "next""#, "7"),
            (#"<https://a.example/x?max_id=7>; rel="prev""#, nil),
            (#"<x?max_id=7>; rel="nextish""#, nil),
            (#"<x>; rel=next"#, nil), ("", nil), ("rel=next", nil),
            (#"<x?not_max_id=7>; rel=next"#, nil),
        ] as [(String, String?)])
    func links(field: String, id: String?) {
        #expect((["link": field] as Headers).nextID == id)
        let two = Headers([
            .init(name: "Link", value: "<x?max_id=1>; rel=prev"), .init(name: "Link", value: field),
        ])
        #expect(two.nextID == id)
    }

    @Test("doubles the wait from answer to answer that does not say how long, and begins anew")
    func doubling() {
        let instant = ContinuousClock.now
        let remaining: Headers = ["x-rate-limit-remaining": "48"]
        var pace = RequestPace()
        func wait(_ status: Int) -> Duration? {
            pace.take(status: status, headers: remaining, at: instant, now: Self.now)
            return pace.notBefore.map { $0 - instant }
        }
        #expect(
            [429, 429, 420, 429, 429, 429].map(wait)
                == [60, 120, 240, 480, 900, 900].map(Duration.seconds))
        #expect(wait(200) == nil)
        #expect(wait(429) == .seconds(60))
    }
}
