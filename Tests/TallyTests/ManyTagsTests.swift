import Support
import Testing

@testable import Decode

/// A post of far more hashtags than anybody writes.
@Suite("Posts of many hashtags")
struct ManyTagsTests {
    private static let count = 50_000

    /// A line of the format with so many hashtags, in its structure or in its text.
    private func line(_ format: PostFormat, isScanned: Bool) -> String {
        func list(_ separator: String, _ tag: (Int) -> String) -> String {
            (0..<Self.count).map { tag($0) }.joined(separator: separator)
        }
        let text = isScanned ? list(" ") { "#t\($0)" } : "x"
        switch format {
        case .jetstream:
            let tags = isScanned ? "" : ",\"tags\":[" + list(",") { "\"t\($0)\"" } + "]"
            return #"{"did":"a","time_us":1,"commit":{"rev":"3l","operation":"create","#
                + #""collection":"app.bsky.feed.post","rkey":"1","record":{"text":""#
                + text + "\"" + tags + "}}}"
        case .v1:
            let tags = list(",") { "{\"text\":\"t\($0)\"}" }
            return #"{"id":1,"text":""# + text + #"","user":{"id":2}"#
                + (isScanned ? "" : #","entities":{"hashtags":["# + tags + "]}") + "}"
        case .v2:
            let tags = list(",") { "{\"tag\":\"t\($0)\"}" }
            return #"{"data":{"id":"1","author_id":"2","text":""# + text + "\""
                + (isScanned ? "" : #","entities":{"hashtags":["# + tags + "]}") + "}}"
        case .mastodon:
            let tags = list(",") { "{\"name\":\"t\($0)\"}" }
            return #"{"id":"1","account":{"id":"2"},"content":""# + text + "\""
                + (isScanned ? "" : ",\"tags\":[" + tags + "]") + "}"
        default: return text
        }
    }

    @Test(
        "are counted in time in proportion",
        arguments: [PostFormat.jetstream, .v1, .v2, .mastodon], [false, true])
    func counts(format: PostFormat, isScanned: Bool) throws {
        let line = line(format, isScanned: isScanned)
        let clock = ContinuousClock()
        let time = try clock.measure {
            let tally = try tally(line + "\n", as: format) { $0.maxTags = 0 }
            #expect(tally.tagCount == Self.count)
            #expect(tally.tagged == 1)
        }
        // Less than a second in a debug build; by the square of the number many minutes.
        #expect(time < .seconds(30))
    }
}
