import Calendar
import Foundation
import Support
import Testing

@testable import Decode
@testable import Snapshot
@testable import Tally

@Suite("BlueskySource")
struct BlueskySourceTests {
    /// The slot that is read, 12 to 18 o'clock; the clock of the tests shows shortly after its end.
    private static let slot = Schedule.everySixHours.slot(
        containing: Timestamp("2026-11-22T12:00:00Z")!)
    private static let now = slot.end + 60

    @Test("reads a slot exactly, whatever the server does on the way")
    func exact() async throws {
        try await withTemporaryFolder { folder in
            let lines = MadeUpEvents(
                seed: 3, slots: [Self.slot.previous, Self.slot, Self.slot.next]
            )
            .lines(30_000)
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            let faults = [
                "drop", "twice", "half", "reorder", "fragments", "answer 503", "pings", "garbage",
                "silence", "binary", "big", "answer 403", "close", "noise", "cut", "beats",
                "answer 302", "reorder", "answer 404", "cut", "answer 429", "answer 307",
                "answer 400", "answer 401",
            ]
            for (number, fault) in faults.enumerated() {
                script.faults["\(10_050 + number * 400)"] = fault
            }
            try await withJetstream(script) { peer in
                let (windows, error) = await Self.read([peer])
                #expect(error == nil)
                let window = try #require(windows.first)
                #expect(windows.count == 1)
                try Self.check(window, against: lines)
                #expect("\(window.status) \(window.coverage)" == "complete 1.0")
                #expect(window.start == Self.slot.start && window.end == Self.slot.end)
                #expect(window.note.isEmpty)
                #expect(window.reconnects >= 12)
                #expect(window.tally.read.reasons.counts["invalid", default: 0] >= 4)
            }
        }
    }

    @Test(
        "leaves a server that sends what cannot be read at the first of it, and says which it was")
    func packed() async throws {
        try await withTemporaryFolder { folder in
            let lines = MadeUpEvents(seed: 4, slots: [Self.slot, Self.slot.next]).lines(4_000)
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            script.faults["0"] = "packed"
            try await withJetstream(script) { packed in
                let alone = await Self.read([packed])
                #expect(alone.0.isEmpty)
                #expect(
                    alone.1.map { "\($0)" }
                        == "\(packed)/: sends what cannot be read, compressed perhaps; name another server"
                )
                try await withJetstream(JetstreamScript(folder + "/events")) { plain in
                    let (windows, error) = await Self.read([packed, plain])
                    #expect(error == nil)
                    let window = try #require(windows.first)
                    try Self.check(window, against: lines)
                    #expect(window.status == .complete)
                    #expect(
                        window.note == "\(packed)/ sends what cannot be read, compressed perhaps")
                    #expect(window.tally.read.invalid == 1)
                }
            }
        }
    }

    @Test(
        "speaks version 2, and finds the same",
        arguments: ["", "/subscribe", "/xrpc/x.subscribeEvents"])
    func versions(_ path: String) async throws {
        try await withTemporaryFolder { folder in
            let lines = MadeUpEvents(seed: 4, slots: [Self.slot, Self.slot.next]).lines(4_000)
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            try await withJetstream(JetstreamScript(folder + "/events")) { peer in
                let (windows, error) = await Self.read([peer + path])
                #expect(error == nil)
                let window = try #require(windows.first)
                try Self.check(window, against: lines)
                #expect(window.status == .complete)
            }
        }
    }

    @Test("fills missed slots in one connection, oldest first, and leaves those with a row alone")
    func backfill() async throws {
        try await withTemporaryFolder { folder in
            let all = Array(sequence(first: Self.slot) { $0.previous }.prefix(7).reversed())
            let lines = MadeUpEvents(seed: 5, slots: all).lines(21_000)
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            script.tail = "close"
            try await withJetstream(script) { peer in
                var request = Self.request
                request.archived = [all[0].start, all[3].start]
                let (windows, error) = await Self.read([peer], request)
                #expect(error == nil)
                #expect(windows.map(\.slot) == [all[1], all[2], all[4], all[5], all[6]])
                #expect(
                    windows.map(\.status) == [
                        .backfilled, .backfilled, .backfilled, .backfilled, .complete,
                    ])
                for window in windows {
                    try Self.check(window, against: lines)
                }
                // One more where the stream is left, and two at its end.
                #expect(windows.map(\.reconnects).reduce(0, +) <= 8)
            }
        }
    }

    @Test("calls a window partial that the server silently cuts short, with what is covered")
    func clamped() async throws {
        try await withTemporaryFolder { folder in
            let all = [Self.slot.previous.previous, Self.slot.previous, Self.slot, Self.slot.next]
            let lines = MadeUpEvents(seed: 6, slots: all).lines(12_000)
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            script.floor = (Self.slot.previous.start + 3 * 3600).microseconds
            let short = script
            script.floor = (Self.slot.previous.start + 3600).microseconds
            try await withJetstream(script) { peer in
                try await withJetstream(short) { other in
                    var request = Self.request
                    request.archived = [Self.slot.previous.previous.previous.start]
                    let (windows, error) = await Self.read([other, peer], request)
                    #expect(error == nil)
                    #expect(windows.map(\.status) == [.missing, .partial, .complete])
                    let window = windows[1]
                    #expect(abs(window.coverage - 5.0 / 6) < 0.001)
                    #expect(window.note.hasPrefix("nothing was to be had before 07:00:"))
                    #expect("\(window.start)".hasPrefix("2026-11-22T07:00:"))
                    #expect(window.end == Self.slot.start)
                    #expect(windows[0].note == "nothing of it was to be had")
                    #expect(windows[0].tally.posts == 0)
                    try Self.check(windows[2], against: lines)
                }
            }
        }
    }

    @Test("follows the running slot with the clock when it is to be read live")
    func live() async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            script.live = 100
            try await withJetstream(script) { peer in
                var request = Self.request
                request.now = Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970)) + 1
                request.length = 2
                let (windows, error) = await Self.read(
                    [peer], request, .init(settle: 1, stall: 1, isLive: true))
                #expect(error == nil)
                let window = try #require(windows.first)
                #expect(window.status == .complete)
                #expect(window.tally.posts > 50)
                #expect(window.end == request.now + 2)
            }
        }
    }

    @Test("archives what was read as partial when it is cancelled, and at once")
    func cancelled() async throws {
        try await withTemporaryFolder { folder in
            let lines = MadeUpEvents(seed: 7, slots: [Self.slot]).lines(4_000)
            try write(lines.prefix(2_000).joined(separator: "\n") + "\n", to: folder + "/events")
            try await withJetstream(JetstreamScript(folder + "/events")) { peer in
                let (looks, continuation) = AsyncStream.makeStream(of: Void.self)
                var watched = Self.request
                watched.watcher = WindowWatcher(every: .zero) { _, _ in continuation.yield() }
                let request = watched
                let task = Task { await Self.read([peer], request, .init(stall: 600)) }
                for await _ in looks { break }
                let start = ContinuousClock.now
                task.cancel()
                let (windows, error) = await task.value
                // Far less than the server would have been waited for.
                #expect(ContinuousClock.now - start < .seconds(30))
                #expect(error is CancellationError)
                let window = try #require(windows.first)
                #expect(window.status == .partial)
                #expect(window.coverage > 0 && window.coverage < 0.52)
                #expect(window.note.hasPrefix("the run was stopped; nothing was to be had after 1"))
            }
        }
    }

    @Test("survives a server that lies, and counts why each event was left out")
    func lies() async throws {
        try await withTemporaryFolder { folder in
            var lines = MadeUpEvents(seed: 8, slots: [Self.slot, Self.slot.next]).lines(6_000)
            let honest = lines
            let many = (0..<300_000).map { "\"t\($0)\"" }.joined(separator: ",")
            let lies = [
                MadeUpEvents.post("a", time: 4_102_444_800_000_000, tags: "\"future\""),
                MadeUpEvents.post("b", time: 1, tags: "\"past\""),
                MadeUpEvents.post("c", time: Int64.max - 1, tags: "\"never\""),
                MadeUpEvents.post(
                    "d", time: Self.slot.start.microseconds + 5_000_000,
                    tags: "\"" + String(repeating: "x", count: 10_000_000) + "\""),
                MadeUpEvents.post(
                    "e", time: Self.slot.start.microseconds + 5_000_000, tags: many),
                #"{"did":"did:plc:x","kind":"commit","commit":{"rev":"a","operation":"create","collection":"app.bsky.feed.post","rkey":"x","record":{"text":"","tags":["timeless"]}}}"#,
                #"{"did":"did:plc:x","time_us":-5,"kind":"commit","commit":{"rev":"a","operation":"create","collection":"app.bsky.feed.post","rkey":"x","record":{"text":"","tags":["timeless"]}}}"#,
            ]
            for (number, lie) in lies.enumerated() { lines.insert(lie, at: 50 + number * 200) }
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            script.raw = true
            try await withJetstream(script) { [honest] peer in
                let (windows, error) = await Self.read([peer])
                #expect(error == nil)
                let window = try #require(windows.first)
                let counts = window.tally.read.reasons.counts
                // The peer says it all again on every connection.
                #expect(counts["mistimed", default: 0] >= 5)
                #expect(counts["invalid", default: 0] >= 1)
                var expected = try Self.expected(honest, in: Self.slot)
                expected.maxTags += 1
                #expect(counts["max_tags"] == expected.maxTags)
                #expect(Self.counted(window.tally) == expected)
                #expect(window.status == .complete)
            }
        }
    }

    @Test(
        "refuses a certificate that is not good, and says which check failed",
        arguments: [
            ("expired", "certificate has expired"), ("self-signed", "self-signed certificate"),
            ("wrong-host", "no alternative certificate subject name matches"),
        ])
    func certificates(_ kind: String, says: String) async throws {
        try await withTemporaryFolder { folder in
            try write("", to: folder + "/events")
            try await withCertificates { certificates in
                var script = JetstreamScript(folder + "/events")
                script.tls = "\(certificates)/\(kind).pem"
                try await withJetstream(script) { peer in
                    let (windows, error) = await Self.read(
                        [peer], options: .init(certificates: certificates + "/ca.pem"))
                    #expect(windows.isEmpty)
                    let said = "\(try #require(error))"
                    #expect(said.contains(says), "\(said)")
                    #expect(said.hasPrefix(peer))
                }
            }
        }
    }

    @Test("reads over TLS from a server with a good certificate")
    func encrypted() async throws {
        try await withTemporaryFolder { folder in
            let lines = MadeUpEvents(seed: 9, slots: [Self.slot, Self.slot.next]).lines(4_000)
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            try await withCertificates { certificates in
                var script = JetstreamScript(folder + "/events")
                script.tls = certificates + "/good.pem"
                try await withJetstream(script) { peer in
                    let (windows, error) = await Self.read(
                        [peer], options: .init(certificates: certificates + "/ca.pem"))
                    #expect(error == nil)
                    try Self.check(try #require(windows.first), against: lines)
                }
            }
        }
    }

    @Test("goes on with the next server when one is away, and says so when all are")
    func servers() async throws {
        try await withTemporaryFolder { folder in
            let lines = MadeUpEvents(seed: 10, slots: [Self.slot, Self.slot.next]).lines(4_000)
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/events")
            var script = JetstreamScript(folder + "/events")
            script.first = Array(repeating: "answer 404", count: 9)
            try await withJetstream(script) { away in
                try await withJetstream(JetstreamScript(folder + "/events")) { peer in
                    let (windows, error) = await Self.read([away, peer])
                    #expect(error == nil)
                    #expect(windows.map(\.status) == [.complete])
                }
                let (windows, error) = await Self.read([away])
                #expect(windows.isEmpty)
                #expect(
                    "\(try #require(error))"
                        == "\(away)/subscribe: answered 404 and opens no WebSocket")
            }
        }
    }

    @Test("reads no slot that is not over")
    func future() async throws {
        var request = Self.request
        request.slot = Self.slot.next
        let (_, error) = await Self.read(["ws://127.0.0.1:1"], request)
        #expect(
            "\(try #require(error))"
                == "the slot 2026-11-22T18:00:00Z is not over before 2026-11-23T00:00:00Z, "
                + "and is read whole")
    }

    // MARK: what is read, and what should be

    private static let request = WindowRequest(
        now: now, schedule: .everySixHours, length: 3000, slot: nil, archived: [],
        rules: CountingRules(), top: 1_000_000)

    private static func read(
        _ hosts: [String], _ request: WindowRequest = request,
        _ options: BlueskySource.Options? = nil,
        options other: BlueskySource.Options = .init(stall: 1)
    ) async -> (windows: [ClosedWindow], error: (any Error)?) {
        var windows: [ClosedWindow] = []
        do {
            try await BlueskySource(name: "sky", hosts: hosts, options: options ?? other)
                .read(request) { windows.append($0) }
            return (windows, nil)
        } catch {
            return (windows, error)
        }
    }

    private struct Counted: Equatable {
        var posts: Int
        var tagged: Int
        var accounts: Int
        var maxTags: Int
        var tags: [TagCount]
    }

    private static func counted(_ tally: Counts) -> Counted {
        Counted(
            posts: tally.posts, tagged: tally.tagged, accounts: tally.accounts,
            maxTags: tally.read.droppedPosts[.maxTags] ?? 0, tags: tally.tags)
    }

    private static func check(
        _ window: ClosedWindow, against lines: [String],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try expected(lines, in: window.slot)
        #expect(counted(window.tally) == expected, sourceLocation: location)
        #expect(expected.tags.count > 100, sourceLocation: location)
    }

    /// What `tidemark count` finds in the events of the slot.
    private static func expected(_ lines: [String], in slot: Slot) throws -> Counted {
        var ledger = PostLedger(rules: CountingRules())
        var events = EventReader(format: .jetstream, grammar: nil)
        for line in lines {
            guard let time = MadeUpEvents.time(of: line),
                (slot.start.microseconds..<slot.end.microseconds).contains(time)
            else { continue }
            Array((line + "\n").utf8).withUnsafeBytes { events.feed($0, to: &ledger) }
        }
        return counted(try ledger.tally(keeping: 1_000_000))
    }
}
