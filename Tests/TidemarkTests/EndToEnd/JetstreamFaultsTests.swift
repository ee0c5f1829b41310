import Foundation
import Support
import Testing

/// The whole way that an operator's slot goes, at its length: `make faults` runs it.
@Suite(
    "a slot of 200,000 events",
    .enabled(
        if: ProcessInfo.processInfo.environment["TIDEMARK_FAULTS"] == "all",
        "make faults meets every fault"))
struct JetstreamFaultsTests {
    private static let start = 1_795_327_200_000_000
    private static let slotLength = 6 * 3600 * 1_000_000
    private static let faults = [
        "drop", "twice", "half", "reorder", "fragments", "answer 503", "pings", "garbage",
        "silence", "binary", "big", "answer 403", "close", "noise", "cut", "beats", "answer 302",
        "reorder", "answer 404", "drop", "answer 429", "silence", "answer 307", "half",
    ]

    /// Posts, likes, edits and deletions from half an hour before the slot to half an hour after it, in
    /// order of time.
    private static func events(_ count: Int) -> [(time: Int, line: String)] {
        var random = SeededRandom(11)
        var posts: [(author: Int, key: Int)] = []
        let span = slotLength + 3_600_000_000
        return (0..<count).map { number in
            let time = start - 1_800_000_000 + span / count * number
            let kind = Int.random(in: 0..<10, using: &random)
            var (author, key) = (Int.random(in: 0..<9000, using: &random), number)
            var operation = "create"
            var collection = "app.bsky.feed.post"
            if kind < 3 { collection = "app.bsky.feed.like" }
            if kind == 3 || kind == 4, let post = posts.randomElement(using: &random) {
                (author, key) = post
                operation = kind == 3 ? "update" : "delete"
            }
            if kind > 4 { posts.append((author, key)) }
            let tags = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                let tag = Int(pow(2000, Double.random(in: 0..<1, using: &random)))
                return "\"\(number % 2 == 0 ? "Tag" : "tag")\(tag)\""
            }
            let record =
                operation == "delete"
                ? ""
                : #","record":{"text":"","langs":["en"],"tags":[\#(tags.joined(separator: ","))]}"#
            let line =
                #"{"did":"did:plc:\#(author)","time_us":\#(time),"kind":"commit","commit":{"rev":"3l\#(1_000_000_000 + number)","#
                + #""operation":"\#(operation)","collection":"\#(collection)","rkey":"\#(key)"\#(record)}}"#
            return (time, line)
        }
    }

    @Test(
        "through a server that fails 24 times is archived as tidemark count counts it",
        .timeLimit(.minutes(10)))
    func exact() async throws {
        try await withTemporaryFolder { path in
            let events = Self.events(200_000)
            let slot = Self.start..<Self.start + Self.slotLength
            func text(_ events: [(time: Int, line: String)]) -> String {
                events.map { $0.line + "\n" }.joined()
            }
            try write(text(events), to: path + "/events")
            try write(text(events.filter { slot.contains($0.time) }), to: path + "/slot")
            var script = JetstreamScript(path + "/events")
            for (number, fault) in Self.faults.enumerated() {
                script.faults["\(20_000 + number * 7000)"] = fault
            }
            let (folder, count) = try await withJetstream(script) { address in
                let folder = try OperatorFolder(
                    path + "/run",
                    """
                    window: { top: 100 }
                    sources:
                      sky: { kind: bluesky, hosts: ["\(address)"], stall: 1s }
                    """)
                let run = try await folder.tidemark(
                    "snapshot", "--now", "2026-11-22T12:31:00Z")
                #expect(run.code == 0, "\(run)")
                let count = try await folder.tidemark(
                    "count", "--format", "jetstream", "--top", "1000", path + "/slot")
                return (folder, count)
            }
            let counted = count.output.split(separator: "\n").dropFirst().map(String.init)
            try #require(counted.count == 1000, "\(count)")
            let top = folder.text("archive/top/2026/2026-11-22.csv").split(separator: "\n")
                .dropFirst().map { row in
                    row.split(separator: ",", omittingEmptySubsequences: false)[2..<7]
                        .joined(separator: ",")
                }
            #expect(top == Array(counted.prefix(100)))
            // The tail leaves out what one account alone uses, and has no ranks and spellings.
            let tail = folder.text("archive/tail/2026/2026-11-22.csv").split(separator: "\n")
                .dropFirst().map { $0.split(separator: ",")[2...].joined(separator: ",") }
            let expected = counted.map { $0.split(separator: ",") }.filter { $0[4] != "1" }
                .map { "\($0[1]),\($0[3]),\($0[4])" }
            #expect(tail == expected)
            let row = folder.rows("windows/2026.csv").first ?? ""
            let cells = row.split(separator: ",", omittingEmptySubsequences: false)
            #expect(cells[4...5] == ["complete", "1.0000"], "\(row)")
            let (posts, accounts) = (cells[6], cells[8])
            #expect(
                count.errors.contains(posts) && count.errors.contains(accounts),
                "\(row) \(count.errors)")
        }
    }
}
