import Calendar
import Foundation
import Support
import Testing

@testable import Decode
@testable import Snapshot
@testable import Tally

@Suite("SocketSource")
struct SocketSourceTests {
    private static func line(_ id: Int, _ tag: String) -> String {
        #"{"id":\#(id),"text":"","user":{"id":\#(id)},"entities":{"hashtags":[{"text":"\#(tag)"}]}}"#
            + "\n"
    }

    /// Where nobody listens.
    private static let nobody = "127.0.0.1:1"

    private static let now = Timestamp(secondsSinceEpoch: 1_795_370_400)

    private static func request(
        length: Int, now: Timestamp? = nil, slot: Slot? = nil
    ) -> WindowRequest {
        WindowRequest(
            now: now ?? Self.now, schedule: .everySixHours, length: length, slot: slot,
            archived: [], rules: CountingRules())
    }

    /// The windows that the source hands over, and what it throws.
    private static func read(
        _ address: String, _ request: WindowRequest, format: PostFormat = .v1
    ) async -> (windows: [ClosedWindow], error: (any Error)?) {
        var windows: [ClosedWindow] = []
        do {
            try await SocketSource(
                name: "wire", host: "127.0.0.1",
                port: try #require(UInt16(address.split(separator: ":")[1])), format: format
            ).read(request) {
                windows.append($0)
            }
            return (windows, nil)
        } catch {
            return (windows, error)
        }
    }

    /// The same, cancelled when so many posts were read.
    private static func read(
        _ peer: TestPeer, stoppedAfter count: Int
    ) async -> (windows: [ClosedWindow], error: (any Error)?) {
        let (counts, continuation) = AsyncStream.makeStream(of: Int.self)
        var watched = request(length: 3000)
        watched.watcher = WindowWatcher(every: .zero) { _, tally in
            continuation.yield(tally.read.deliveries)
        }
        let task = Task { [watched] in await read(peer.address, watched) }
        for await read in counts where read == count { break }
        task.cancel()
        return await task.value
    }

    @Test("calls a window complete that was read from start to end")
    func complete() async {
        // A process of its own, so that no other test's work makes the second longer.
        await #expect(processExitsWith: .success) {
            let text = (1...40).map { Self.line($0, $0 % 2 == 0 ? "tide" : "kélp") }.joined()
            let pieces = stride(from: 0, to: text.utf8.count, by: 37).map {
                Array(bytes(text).dropFirst($0).prefix(37))
            }
            let peer = TestPeer([.sendAndStay(pieces)])
            let (windows, error) = await Self.read(peer.address, Self.request(length: 2))
            let window = try #require(windows.first)
            #expect(error == nil)
            #expect(windows.count == 1)
            #expect(
                window.tally.tags.map { "\($0.key) \($0.posts)" }.sorted() == [
                    "kélp 20", "tide 20",
                ])
            #expect(window.status == .complete)
            #expect(window.coverage == 1)
            #expect("\(window.start) \(window.end)" == "2026-11-22T18:00:00Z 2026-11-22T18:00:02Z")
            #expect(window.reconnects == 0)
        }
    }

    @Test("connects again when the peer closes, and counts that")
    func reconnects() async throws {
        let peer = TestPeer([
            .send([bytes(Self.line(1, "a") + "{\"id\":9,\"te")]), .send([bytes(Self.line(2, "b"))]),
            .sendAndStay([bytes(Self.line(1, "c"))]),
        ])
        let window = try #require(await Self.read(peer, stoppedAfter: 3).windows.first)
        #expect(window.reconnects == 2)
        #expect(window.tally.read.duplicates == 1)
        #expect(window.tally.tags.map(\.key).sorted() == ["b", "c"])
        // The line that the first connection cut off.
        #expect(window.tally.read.invalid == 1)
    }

    @Test("says that nobody answers, and archives nothing")
    func unreachable() async throws {
        let address = Self.nobody
        let (windows, error) = await Self.read(address, Self.request(length: 1))
        #expect(windows.isEmpty)
        #expect(
            (error as? SnapshotError)?.description
                == "\(address): nobody answers: Connection refused; is the program that sends the posts running?"
        )
    }

    @Test("archives what was read as partial when it is cancelled")
    func cancelled() async throws {
        let peer = TestPeer([.sendAndStay([bytes(Self.line(1, "a"))])])
        let (windows, error) = await Self.read(peer, stoppedAfter: 1)
        #expect(error is CancellationError)
        let window = try #require(windows.first)
        #expect(window.status == .partial)
        #expect(window.coverage < 0.01)
    }

    @Test("leaves the slot alone when it is cancelled before anybody answered")
    func cancelledEarly() async throws {
        let address = Self.nobody
        let task = Task { await Self.read(address, Self.request(length: 3000)) }
        task.cancel()
        let (windows, error) = await task.value
        #expect(error is CancellationError)
        #expect(windows.isEmpty)
    }

    @Test("calls a window that began late in its slot partial, and ends with the slot")
    func endOfSlot() async throws {
        let peer = TestPeer([.sendAndStay([bytes(Self.line(1, "a"))])])
        let late = Schedule.everySixHours.slot(containing: Self.now).end - 1
        let (windows, error) = await Self.read(peer.address, Self.request(length: 3000, now: late))
        let window = try #require(windows.first)
        #expect(error == nil)
        #expect(window.status == .partial)
        #expect(window.coverage <= 1.0 / 3000)
        #expect("\(window.start) \(window.end)" == "2026-11-22T23:59:59Z 2026-11-23T00:00:00Z")
    }

    @Test("reads no other slot than the running one, and none twice")
    func otherSlots() async throws {
        let slot = Schedule.everySixHours.slot(containing: Self.now)
        let (windows, error) = await Self.read(
            Self.nobody, Self.request(length: 1, slot: slot.previous))
        #expect(windows.isEmpty)
        #expect(
            (error as? SnapshotError)?.description
                == "the slot 2026-11-22T12:00:00Z is not running now, and a live source cannot be read again"
        )
        var archived = Self.request(length: 1)
        archived.archived = [slot.start]
        let again = await Self.read(Self.nobody, archived)
        #expect(again.windows.isEmpty)
        #expect(again.error == nil)
    }
}
