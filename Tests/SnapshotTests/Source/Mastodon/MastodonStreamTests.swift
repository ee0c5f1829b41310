import Archive
import Calendar
import Foundation
import Support
import Synchronization
import Testing
import Transport

@testable import Snapshot
@testable import Tally

@Suite("MastodonStream")
struct MastodonStreamTests {
    private static let now = MadeUpStatuses.end + 60
    private static let made = MadeUpStatuses()
    private static let milliseconds = now.secondsSinceEpoch * 1000

    /// What is read of streams that send these texts, one a connection; the server then refuses.
    private static func read(
        _ texts: [String], faults: String = "",
        timelines: [MastodonTimeline] = [.public(isLocal: false)],
        silence: Duration = .seconds(30), length: Int = 3000, says: String = "{}",
        isSocket: Bool = false, watcher: WindowWatcher? = nil
    ) async throws -> WindowCollection {
        let streams = texts.map { text in
            let parts = text.split(separator: "¶", omittingEmptySubsequences: false).map { part in
                part == "hold"
                    ? #"{"hold":true}"#
                    : part == "drop"
                        ? #"{"drop":true}"#
                        : #"{"base64":"\#(Data(part.utf8).base64EncodedString())"}"#
            }
            return "[\(parts.joined(separator: ","))]"
        }.joined(separator: ",")
        let last = "\"\(texts.count + 1)\":401"
        return try await withMastodonPeer(
            #"{"stream":[\#(streams)],"says":\#(says),"sockets":\#(isSocket),"faults":{\#(faults.isEmpty ? last : faults)}}"#
        ) { address in
            await WindowCollection.of(
                source(address, timelines, silence: silence),
                WindowRequest(
                    now: now, schedule: .everySixHours, length: length, archived: [],
                    rules: CountingRules(), watcher: watcher))
        }
    }

    private static func source(
        _ address: String, _ timelines: [MastodonTimeline], silence: Duration = .seconds(30)
    ) -> MastodonStream {
        return MastodonStream(
            name: "town",
            servers: [MastodonAccess(base: address, token: "hunter2", tokenVariable: "TOKEN")],
            timelines: timelines, certificates: nil, silenceLimit: silence,
            pauses: .every(.milliseconds(1)))
    }

    private static func event(_ name: String, _ data: String) -> String {
        "event: \(name)\ndata: \(data)\n\n"
    }

    private static func update(
        _ number: Int, _ account: String, _ tag: String, name: String = "update"
    ) -> String {
        event(name, made.line(at: milliseconds, number: number, account: account, tag: tag))
    }

    /// The server's own id of an update of that number.
    private static func id(_ number: Int) -> String {
        let ids = TimelineIDs.snowflake
        return ids.id(of: ids.first(at: now.secondsSinceEpoch) + UInt128(number))
    }

    @Test(
        "follows a server that streams over WebSockets alone",
        arguments: [MastodonTimeline.public(isLocal: false), .tag("a b", isLocal: true)])
    func webSocket(timeline: MastodonTimeline) async throws {
        func message(_ name: String, _ payload: String) throws -> String {
            let text = try #require(
                String(data: JSONEncoder().encode(payload), encoding: .utf8))
            return #"{"stream":["public"],"event":"\#(name)","payload":\#(text)}"#
        }
        func update(_ number: Int, _ account: String, _ tag: String) throws -> String {
            try message(
                "update",
                Self.made.line(at: Self.milliseconds, number: number, account: account, tag: tag))
        }
        let texts = try [
            update(1, "ann", "a") + "¶" + update(2, "bob", "b"),
            update(3, "cat", "a") + "¶" + message("delete", Self.id(2)),
        ]
        // The first request asks for server-sent events, and is answered 404.
        let read = try await Self.read(
            texts, faults: #""4":401"#, timelines: [timeline], isSocket: true)
        let window = try #require(read.windows.first)
        #expect(window.tally.tags.map(\.key) == ["a"])
        #expect(window.tally.posts == 2)
        #expect(window.tally.read.deletes == 1)
    }

    @Test("counts new posts, edits and deletions, over all connections, and passes over the rest")
    func events() async throws {
        let read = try await Self.read([
            ":)\n:thump\n" + Self.update(1, "ann", "a") + Self.update(2, "bob", "b")
                + Self.event("notification", "undefined") + ":thump\n"
                + Self.update(3, "cat", "gone") + Self.event("delete", Self.id(3))
                + Self.event("announcement.reaction", "{}")
                // Cut off within a line.
                + "event: update\ndata: {\"id\":\"1",
            Self.update(1, "ann", "a2", name: "status.update").replacing(
                #""content""#, with: #""edited_at":"2026-11-22T18:02:00.000Z","content""#)
                + Self.update(2, "bob", "b") + Self.event("update", "\u{FFFD}{not JSON")
                + Self.update(4, "dan", "b"),
        ])
        let window = try #require(read.windows.first)
        #expect(window.tags == ["b 2 2", "a2 1 1"])
        #expect(window.tally.read.deleted == 1)
        #expect(window.tally.read.duplicates == 1)
        #expect(window.tally.read.edits == 1)
        #expect(window.tally.read.invalid == 2)
        #expect(window.reconnects == 1)
        #expect(window.status == .partial)
        #expect(
            read.sentence?.hasSuffix(
                "refuses the token of TOKEN (401); it needs the scope read:statuses") == true)
        #expect(window.note == read.sentence)
    }

    @Test("shows what all streams have brought so far to whoever watches")
    func watched() async throws {
        let shown = Mutex<[Int]>([])
        let texts = (1...3).map { Self.update($0, "a\($0)", "a") }
        let read = try await Self.read(
            texts,
            watcher: WindowWatcher(every: .zero) { _, tally in
                shown.withLock { $0.append(tally.posts) }
            })
        #expect(read.windows.first?.tags == ["a 3 3"])
        #expect(shown.withLock { $0 } == [1, 2, 3])
    }

    @Test("follows every timeline by a connection of its own, and counts what is in both once")
    func timelines() async throws {
        let both = Self.update(1, "ann", "a") + ":thump\n"
        let read = try await Self.read(
            [both, both], faults: #""3":403,"4":403"#,
            timelines: [.public(isLocal: true), .tag("a b", isLocal: false)])
        #expect(read.windows.first?.tags == ["a 1 1"])
        #expect(read.windows.first?.tally.read.duplicates == 1)
    }

    @Test(
        "a view that the server switched off is no silence, and silence is told",
        arguments: [
            (
                #"{"local":"disabled","remote":"disabled"}"#, 0.9997,
                "its own posts (live_feeds.local:"
            ),
            (#"{"local":"authenticated","remote":"authenticated"}"#, 0.9997, "(live_feeds.remote:"),
            (#"{"local":"public","remote":"disabled"}"#, 0.5, "posts of other servers"),
            (#"{"local":"public","remote":"public"}"#, 1, "not one post came"),
        ])
    func switchedOff(access: String, most: Double, note: String) async throws {
        let read = try await Self.read(
            [":thump\n" + Self.event("delete", "1") + "¶hold"], length: 10,
            says: #"{"configuration":{"timelines_access":{"live_feeds":\#(access)}}}"#)
        let window = try #require(read.windows.first)
        #expect(window.coverage <= most)
        #expect(window.status == (most == 1 ? .complete : .partial))
        #expect(window.note.contains(note), "\(window.note)")
        #expect(read.error == nil)
    }

    @Test(
        "a refusal in a message is no silence",
        arguments: [
            (#"{"error":"Access to channel not permitted","status":401}"#, "(401)"),
            (#"{"error":"Missing tag name parameter"}"#, "does not open this stream"),
            (#"{ "status" : 401, "error" : "no" }"#, "(401)"),
            ("\n" + #"{"error":"no","status":401}"#, "(401)"),
            (#"{"event":"error","error":"no","status":403}"#, "(403)"),
            (#"{"event":"error","payload":"{\"error\":\"no\",\"status\":401}"}"#, "(401)"),
            (
                #"{"event":"respond","payload":"{\"result\":\"error\",\"error\":\"unauthorized\",\"type\":\"subscribe\"}"}"#,
                "(401)"
            ),
            (
                #"{"event":"pleroma:respond","payload":{"result":"error","error":"bad_topic"}}"#,
                "does not open this stream"
            ),
            (#"{"errors":{"detail":"Internal server error"}}"#, "does not open this stream"),
            ("event: error\ndata: {\"error\":\"no\"}\n\n", "does not open this stream"),
            ("event: error\ndata: no\n\n", "does not open this stream"),
            (#"data: {"error":"no","status":401}"# + "\n\n", "(401)"),
        ], [true, false])
    func refusedByMessage(told: (message: String, reason: String), isSocket: Bool) async throws {
        let (message, reason) = told
        // The first request asks for server-sent events, and is answered 404 by who has none.
        let read = try await Self.read(
            [message + (isSocket ? "" : "\n¶:thump\n") + "¶hold"], faults: #""9":401"#, length: 10,
            isSocket: isSocket)
        let window = try #require(read.windows.first)
        #expect(window.status == .partial)
        #expect(read.sentence?.contains(reason) == true, "\(read)")
        #expect(window.note == read.sentence)
    }

    @Test(
        "an error between posts costs a connection, and what is no stream is never whole",
        arguments: [
            // Pleroma says that it has subscribed us; a hashtag may be called error.
            (
                [#"{"event":"pleroma:respond","payload":{"result":"success"}}"# + "\n¶hold"], 0,
                WindowStatus.complete
            ),
            ([update(1, "ann", "error") + "¶hold"], 1, .complete),
            (
                [
                    update(1, "ann", "a") + #"{"error":"gone","status":401}"# + "\n¶hold",
                    update(2, "bob", "b") + "¶hold",
                ], 2, .partial
            ),
            (
                [#"{"error":"down","status":503}"# + "\n¶hold", update(2, "bob", "b") + "¶hold"], 1,
                .partial
            ),
            (["<html>\n<title>Just a moment...</title>\n¶<!-- -->\n¶hold"], 0, .partial),
            ([#"{"foo":1}"# + "\n¶hold"], 0, .partial),
        ])
    func talk(texts: [String], posts: Int, status: WindowStatus) async throws {
        let read = try await Self.read(texts, faults: #""9":401"#, length: 6)
        let window = try #require(read.windows.first)
        #expect(window.tally.posts == posts)
        #expect(window.status == status, "\(window.note)")
        #expect(read.error == nil)
    }

    @Test(
        "an answer of another kind is no stream, whatever it goes on with",
        arguments: [
            ("text/html; charset=utf-8", "a web page in the place of a stream"),
            ("Application/JSON", "JSON in the place of a stream"),
        ])
    func otherKind(kind: String, reason: String) async throws {
        let read = try await withMastodonPeer(
            #"{"stream":[[":thump\n",{"hold":true}]],"kind":"\#(kind)"}"#
        ) { address in
            let source = Self.source(address, [.public(isLocal: false)])
            let checks = await source.check()
            #expect(checks.map(\.isWrong) == [true], "\(checks)")
            return await WindowCollection.of(
                source,
                WindowRequest(
                    now: Self.now, schedule: .everySixHours, length: 6, archived: [],
                    rules: CountingRules()))
        }
        #expect(read.windows.isEmpty)
        #expect(read.sentence?.contains(reason) == true, "\(read)")
    }

    @Test("archives nothing if the stream never began, and says why")
    func refused() async throws {
        let read = try await Self.read([], faults: #""1":"redirect""#)
        #expect(read.windows.isEmpty)
        #expect(read.sentence?.contains("a redirect (302) to https://other.example,") == true)
    }

    @Test(
        "opens the stream again when the server is silent, and comes back after errors in passing")
    func silence() async throws {
        let read = try await Self.read(
            [Self.update(1, "ann", "a") + "¶hold", Self.update(2, "bob", "a")],
            faults: #""2":503,"3":500,"5":404"#, silence: .seconds(1))
        #expect(read.windows.first?.tags == ["a 2 2"])
        #expect(read.windows.first?.reconnects == 1)
    }

    @Test("a line of 64 MB costs no memory and no other post")
    func longLine() async throws {
        let read = try await withMastodonPeer(
            #"{"stream":[["data: ",{"zeros":67108864},"\n",{"base64":"\#(Data(Self.update(1, "ann", "a").utf8).base64EncodedString())"}]],"faults":{"2":401}}"#
        ) { address in
            await WindowCollection.of(
                Self.source(address, [.public(isLocal: false)]),
                WindowRequest(
                    now: Self.now, schedule: .everySixHours, length: 3000, archived: [],
                    rules: CountingRules()))
        }
        #expect(read.windows.first?.tags == ["a 1 1"])
        #expect(read.windows.first?.tally.read.invalid == 1)
    }

    @Test("a running slot that is archived is left alone, and another is refused")
    func slots() async throws {
        let slot = Schedule.everySixHours.slot(containing: Self.now)
        func read(_ archived: Set<Timestamp>, _ wanted: Slot?) async -> WindowCollection {
            await WindowCollection.of(
                Self.source("http://127.0.0.1:1", [.public(isLocal: false)]),
                WindowRequest(
                    now: Self.now, schedule: .everySixHours, length: 1, slot: wanted,
                    archived: archived, rules: CountingRules()))
        }
        let archived = await read([slot.start], nil)
        #expect(archived.windows.isEmpty && archived.error == nil)
        #expect(
            await read([], slot.previous).sentence
                == "the slot 2026-11-22T12:00:00Z is not running now, and a live source cannot be read again"
        )
    }
}
