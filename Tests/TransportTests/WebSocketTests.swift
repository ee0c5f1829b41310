import Foundation
import Support
import Testing
import Transport

@Suite struct WebSocketTests {
    private func open(
        _ port: Int, scheme: String = "ws", messageLimit: Int = 1000,
        connect: Duration = .seconds(15), ping: Duration = .seconds(20),
        silence: Duration = .seconds(45), certificates: String? = nil
    ) async throws -> WebSocket {
        try await WebSocket.open(
            WebSocketRequest(
                Address("\(scheme)://127.0.0.1:\(port)/subscribe"), messageLimit: messageLimit,
                connectLimit: connect, pingInterval: ping, silenceLimit: silence),
            certificates: certificates)
    }

    /// All messages until the WebSocket ends, text as it is, and why it ended.
    private func read(
        _ socket: WebSocket, within patience: Duration? = nil
    ) async -> (messages: [String], end: TransportError) {
        var messages: [String] = []
        do throws(TransportError) {
            while true {
                let batch = try await socket.next(within: patience)
                messages += batch.messages.map { message in
                    switch message {
                    case .text(let range): String(decoding: batch.bytes[range], as: UTF8.self)
                    case .binary(let range): "binary of \(range.count)"
                    case .tooLong: "too long"
                    }
                }
            }
        } catch {
            return (messages, error)
        }
    }

    @Test func `Messages come whole and in order, however their frames are cut`() async throws {
        let long = String(repeating: "x", count: 40_000)
        try await withScriptedServer([
            [
                .accept,
                .frames(
                    .init(.text, "one"), .init(.text, "tw", isLast: false),
                    .init(.ping, "between"), .init(.continuation, "o", isLast: false),
                    .init(.pong, ""), .init(.continuation, "!"), .init(.binary, "\0\u{1}"),
                    .init(.text, long), .init(.text, ""), .init(.text, "タグ")),
                .frames(.init(.close, "\u{3}\u{0}bye")), .hold,
            ]
        ]) { port in
            let (messages, end) = await read(try await open(port, messageLimit: 100_000))
            #expect(
                messages.filter { !$0.isEmpty }
                    == ["one", "two!", "binary of 2", long, "タグ"])
            #expect(
                end
                    == .closed(
                        shown: "ws://127.0.0.1:\(port)/subscribe", code: 0x300, reason: "bye"))
        }
    }

    @Test func `A message over the limit is left out, and told of at once`() async throws {
        await #expect(processExitsWith: .success) { try await WebSocketTests().takeHugeFrames() }
    }

    /// In a process of its own, whose memory no other test grows.
    private func takeHugeFrames() async throws {
        let piece = WebSocketFrame(.continuation, String(repeating: "y", count: 400), isLast: false)
        try await withScriptedServer([
            [
                .accept, .frames(.init(.text, "before")),
                .frames(.init(.binary, "", claimedByteCount: 64 << 20)), .zeros(64 << 20),
                .frames(
                    .init(.text, "between"), .init(.text, "", isLast: false), piece, piece, piece,
                    piece, .init(.continuation, "y"), .init(.text, "after")),
                .frames(.init(.text, "x", claimedByteCount: 1 << 40)), .hold,
            ]
        ]) { port in
            let socket = try await open(port)
            let before = try peakMemory()
            let (messages, end) = await read(socket, within: .seconds(10))
            #expect(
                messages
                    == ["before", "too long", "between", "too long", "after", "too long"])
            #expect(
                end
                    == .silent(
                        shown: "ws://127.0.0.1:\(port)/subscribe", limit: .seconds(10)))
            #expect(try peakMemory() - before < 32 << 10)
        }
    }

    @Test func `A reader that does not read holds the sender back, and loses nothing`() async throws
    {
        await #expect(processExitsWith: .success) { try await WebSocketTests().holdTheSenderBack() }
    }

    /// In a process of its own, whose memory no other test grows.
    private func holdTheSenderBack() async throws {
        let message = WebSocketFrame(.text, String(repeating: "z", count: 500))
        let block = Array(repeating: message.bytes, count: 100).flatMap { $0 }
        try await withScriptedServer([
            [.accept, .bytes(block, times: 1000), .frames(.init(.close, "")), .hold]
        ]) { port in
            let socket = try await open(port, silence: .seconds(1))
            // Twice the silence goes by unread: it must not count.
            try await Task.sleep(for: .seconds(2))
            let before = try peakMemory()
            var count = 0
            var longest = 0
            var end: TransportError?
            do throws(TransportError) {
                while true {
                    let batch = try await socket.next()
                    count += batch.messages.count
                    longest = max(longest, batch.bytes.count)
                }
            } catch { end = error }
            #expect(count == 100_000)
            #expect(longest < 512 << 10)
            #expect(
                end == .closed(shown: "ws://127.0.0.1:\(port)/subscribe", code: nil, reason: ""))
            #expect(try peakMemory() - before < 16 << 10)
        }
    }

    @Test func `A quiet server is sent pings, and answers keep the connection`() async throws {
        // A masked ping without payload has six bytes.
        let beat: [ScriptedPart] = [.read(6), .frames(.init(.pong, ""))]
        try await withScriptedServer([
            [.accept] + Array(repeating: beat, count: 5).flatMap { $0 }
                + [.frames(.init(.text, "still here")), .hold]
        ]) { port in
            let socket = try await open(
                port, ping: .milliseconds(300), silence: .seconds(1))
            let (messages, end) = await read(socket)
            #expect(messages == ["still here"])
            #expect(
                end
                    == .silent(
                        shown: "ws://127.0.0.1:\(port)/subscribe", limit: .seconds(1)))
        }
    }

    @Test func `Keep-alives are no messages to who waits for one`() async throws {
        await #expect(processExitsWith: .success) {
            try await WebSocketTests().sitThroughKeepAlives()
        }
    }

    /// In a process of its own, whose threads no other test holds.
    private func sitThroughKeepAlives() async throws {
        let beats: [ScriptedPart] = (0..<1200).flatMap { _ in
            [.frames(.init(.ping, "x")), .pause(seconds: 0.05)] as [ScriptedPart]
        }
        try await withScriptedServer([[.accept] + beats]) { port in
            let least = try await leastTime(below: .seconds(1.4)) {
                let start = ContinuousClock.now
                let (messages, end) = await read(try await open(port), within: .milliseconds(300))
                #expect(messages == [])
                #expect(
                    end
                        == .silent(
                            shown: "ws://127.0.0.1:\(port)/subscribe", limit: .milliseconds(300)))
                return ContinuousClock.now - start
            }
            #expect(least < .seconds(1.4))
        }
    }

    @Test(arguments: [
        ("403 Forbidden", nil, "answered 403 and opens no WebSocket", false),
        (
            "301 Moved\nLocation: /x?token=hunter2", nil,
            "answered 301, a redirect to another place, which is not followed", false
        ),
        ("200 OK", nil, "answered 200 and opens no WebSocket", false),
        (
            "503 Down\nRetry-After: 7", Duration.seconds(7), "answered 503 and opens no WebSocket",
            true
        ),
        (
            "302 Found\nLocation: wss://other.example/x?token=hunter2", nil,
            "answered 302, a redirect to wss://other.example/x, which is not followed", false
        ),
    ])
    func `Another answer than agreement is told, and no redirect is followed`(
        _ head: String, wait: Duration?, says: String, isTransient: Bool
    ) async throws {
        try await withScriptedServer([
            [.text("HTTP/1.1 \(head)\nContent-Length: 0\n\n")]
        ]) { port in
            let error = await #expect(throws: TransportError.self) { try await open(port) }
            #expect(error?.description == "ws://127.0.0.1:\(port)/subscribe: \(says)")
            #expect(error?.isTransient == isTransient)
            guard case .refused(_, _, let retryAfter, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(retryAfter == wait)
        }
    }

    @Test func `What came before a break is handed on, then the error`() async throws {
        try await withScriptedServer([
            [.accept, .frames(.init(.text, "a"), .init(.text, "b", claimedByteCount: 9)), .drop]
        ]) { port in
            let (messages, end) = await read(try await open(port))
            #expect(messages == ["a"] || messages == [])
            #expect(end.isTransient, "\(end)")
        }
    }

    @Test func `A frame that breaks the protocol ends the connection`() async throws {
        try await withScriptedServer([
            [.accept, .frames(.init(.text, "a")), .bytes([0xF3, 0x01, 0x00]), .hold]
        ]) { port in
            let (messages, end) = await read(try await open(port))
            #expect(messages == ["a"])
            guard case .failed = end else {
                Issue.record("\(end)")
                return
            }
        }
    }

    @Test func `A server that does not answer is given up`() async throws {
        try await withScriptedServer([[.hold]]) { port in
            await #expect(
                throws: TransportError.silent(
                    shown: "ws://127.0.0.1:\(port)/subscribe", limit: .milliseconds(300))
            ) { try await open(port, connect: .milliseconds(300)) }
        }
    }

    @Test func `Cancelling ends the wait within milliseconds, whatever it waits for`() async throws
    {
        await #expect(processExitsWith: .success) { try await WebSocketTests().cancelWaits() }
    }

    /// In a process of its own, whose threads no other test holds.
    private func cancelWaits() async throws {
        for part in [[ScriptedPart.accept, .hold], [.hold]] {
            try await withScriptedServer([part]) { port in
                let least = try await leastTime(below: .milliseconds(100)) {
                    let task = Task {
                        let socket = try await open(port)
                        _ = try await socket.next()
                    }
                    try await Task.sleep(for: .milliseconds(200))
                    let start = ContinuousClock.now
                    task.cancel()
                    await #expect(throws: TransportError.cancelled) { try await task.value }
                    return ContinuousClock.now - start
                }
                #expect(least < .milliseconds(100))
            }
        }
    }

    @Test func `Nobody there is told in the system's words`() async throws {
        let error = await #expect(throws: TransportError.self) { try await open(1) }
        #expect(
            error?.description.contains("Could not connect") == true
                || error?.description.contains("Failed to connect") == true, "\(error!)")
        #expect(error?.isTransient == true)
    }

    /// The least of the times that `body` returns, of at most three tries and none after one below the
    /// limit: other tests may have the processors and the disk at any one of them.
    private func leastTime(
        below limit: Duration, of body: () async throws -> Duration
    ) async throws -> Duration {
        var least = try await body()
        for _ in 1..<3 where least >= limit { least = min(least, try await body()) }
        return least
    }

    /// In kilobytes, of this process; what getrusage(2) says begins with that of its parent.
    private func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        return try #require(status.firstMatch(of: #/VmHWM:\s*(\d+) kB/#).flatMap { Int($0.1) })
    }
}
