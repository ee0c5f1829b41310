import AWS
import Archive
import Calendar
import Decode
import Support
import Tally
import Tasks

@testable import Snapshot

/// A stream of the tests, and what files and streams give of a slot.
enum StreamFixture {
    /// What is archived of a window, but for when it was read.
    static func counts(_ window: ClosedWindow) -> [String] {
        let row = window.row(version: "1")
        let head =
            "\(row.slot) \(row.posts) \(row.tagged) \(row.accounts) \(row.tags) \(row.duplicates) \(row.dropped) "
            + "\(row.held ?? -1) \(row.reasons ?? DropReasons())"
        return [head]
            + window.tally.tail.map { "\($0.key) \($0.spelling) \($0.posts) \($0.accounts)" }
    }

    static let slot = Schedule.everySixHours.slot(
        containing: Timestamp(secondsSinceEpoch: 1_795_348_800))

    /// For one slot, ten minutes after its end.
    static func request(of slot: Slot = slot, length: Int = 3000) -> WindowRequest {
        WindowRequest(
            now: slot.end + 600, schedule: .everySixHours, length: length, slot: slot, archived: [],
            rules: CountingRules(), top: 1_000_000)
    }

    /// The windows of a file of posts.
    static func windows(of path: String, _ format: PostFormat) async -> [ClosedWindow] {
        var all = request()
        all.slot = nil
        return await WindowCollection.of(
            FileSource(name: "wire", recording: Recording(paths: [path], format: format)), all
        ).windows
    }

    static func client(
        of peer: KinesisPeer, stream: String = "posts", for limit: Duration = .seconds(30)
    ) throws(AWSError) -> KinesisClient {
        try KinesisClient(
            stream: stream,
            at: ServiceAccess(
                "kinesis", environment: peer.environment, region: nil, endpoint: nil,
                setting: "region"),
            retry: Retry(
                backoff: Backoff(base: .milliseconds(50), cap: .milliseconds(400)), limit: limit))
    }

    static func source(
        _ peer: KinesisPeer, _ format: PostFormat, stream: String = "posts", isLive: Bool = false,
        patience: Duration = .seconds(60), for limit: Duration = .seconds(30)
    ) -> KinesisSource {
        var options = KinesisSource.Options(format: format, settle: 0, isLive: isLive)
        options.margin = 3600
        options.patience = patience
        return KinesisSource(name: "wire", stream: stream, options: options) {
            () throws(AWSError) in try client(of: peer, stream: stream, for: limit)
        }
    }

    /// Six hours of events, one in seven seconds: posts, the same again, edits, deletions, and accounts that go.
    static func events(count: Int = 3085) -> String {
        let start: Int64 = 1_795_348_800_000_000
        return (0..<count).map { number in
            let time = start + Int64(number) * 7_000_000
            let (author, tag) = (number % 53, number * number % 13)
            let head = #"{"did":"did:plc:u\#(author)","time_us":\#(time),"kind":"#
            if number % 97 == 96 {
                return head + #""account","account":{"active":false,"did":"did:plc:u\#(author)"}}"#
            }
            let (key, revision) = (number % 11 == 10 ? number - 53 : number, number)
            let operation =
                number % 31 == 30 ? "delete" : number % 11 == 10 ? "update" : "create"
            let record =
                operation == "delete"
                ? ""
                : #","record":{"$type":"app.bsky.feed.post","text":"words","langs":["en"],"tags":["tag\#(tag)","all"]}"#
            return head
                + #""commit","commit":{"rev":"r\#(1_000_000 + revision)","operation":"\#(operation)","collection":"app.bsky.feed.post","rkey":"k\#(max(0, key))"\#(record)}}"#
        }.joined(separator: "\n") + "\n"
    }
}
