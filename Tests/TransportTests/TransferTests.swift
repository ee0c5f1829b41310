import Support
import Testing
import Transport

@Suite struct TransferTests {
    private func open(_ port: Int, silence: Duration = .seconds(30)) async throws -> Transfer {
        try await HTTPClient().open(
            Request(
                .get, try Address("http://127.0.0.1:\(port)/"), silenceLimit: silence,
                timeLimit: nil))
    }

    @Test func `Bytes are handed on as they come, before the end`() async throws {
        try await withScriptedServer([["HTTP/1.1 200 OK\nContent-Length: 9\n\nfirst", .hold]]) {
            port in
            let transfer = try await open(port)
            #expect(transfer.status == 200 && transfer.headers["content-length"] == "9")
            #expect(try await transfer.next() == Array("first".utf8))
        }
    }

    @Test func `A reader that does not read holds the sender back, and loses nothing`() async throws
    {
        let count = 64 << 20
        try await withScriptedServer([
            ["HTTP/1.1 200 OK\nContent-Length: \(count)\n\n", .zeros(count)]
        ]) { port in
            // Twice the silence goes by unread: it must not count.
            let transfer = try await open(port, silence: .seconds(1))
            var seen = 0
            var longest = 0
            for try await chunk in transfer {
                if seen == 0 { try await Task.sleep(for: .seconds(2)) }
                seen += chunk.count
                longest = max(longest, chunk.count)
            }
            #expect(seen == count)
            #expect(longest <= 512 << 10)
        }
    }

    @Test func `What came before a break is handed on, then the error`() async throws {
        try await withScriptedServer([["HTTP/1.1 200 OK\nContent-Length: 9\n\nfirst", .close]]) {
            port in
            let transfer = try await open(port)
            var seen: [UInt8] = []
            await #expect(throws: TransportError.self) {
                while let chunk = try await transfer.next() { seen += chunk }
            }
            #expect(seen == Array("first".utf8))
        }
    }

    @Test func `Keep-alive bytes hold a quiet stream open; silence ends it`() async throws {
        let beats: [ScriptedPart] = Array(
            repeating: [.pause(seconds: 0.4), "2\r\n\r\n\r\n"], count: 6
        ).flatMap { $0 }
        try await withScriptedServer(
            [["HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"] + beats + [.hold]]
        ) { port in
            let transfer = try await open(port, silence: .seconds(2))
            var seen = 0
            let error = await #expect(throws: TransportError.self) {
                while let chunk = try await transfer.next() { seen += chunk.count }
            }
            #expect(seen == 12)
            #expect(error == .silent(shown: "http://127.0.0.1:\(port)/", limit: .seconds(2)))
        }
    }

    @Test func `Cancelling the reader ends the stream`() async throws {
        try await withScriptedServer([["HTTP/1.1 200 OK\nContent-Length: 9\n\nfirst", .hold]]) {
            port in
            let transfer = try await open(port)
            _ = try await transfer.next()
            let task = Task { () async throws(TransportError) -> [UInt8]? in
                try await transfer.next()
            }
            task.cancel()
            await #expect(throws: TransportError.cancelled) { try await task.value }
            await #expect(throws: TransportError.cancelled) { try await transfer.next() }
        }
    }

    @Test func `A stream outlives the last other reference to its client`() async throws {
        try await withScriptedServer([
            ["HTTP/1.1 200 OK\nContent-Length: 3\n\n", .pause(seconds: 0.2), "abc"]
        ]) { port in
            let transfer = try await open(port)
            #expect(try await transfer.next() == Array("abc".utf8))
            #expect(try await transfer.next() == nil)
        }
    }
}
