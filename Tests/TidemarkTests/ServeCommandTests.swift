import Foundation
import Support
import Testing

@testable import tidemark

@Suite("tidemark serve")
struct ServeCommandTests {
    /// Runs the program on a site of one page and gives its address; ends it with SIGINT.
    private func withPreview(
        _ body: (_ port: UInt16, _ folder: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            for (file, text) in [
                "index.html": "<p>Now", "404.html": "<p>Gone", "tags/index.html": "<p>Tags",
            ] {
                let url = URL(fileURLWithPath: "\(folder)/public/\(file)")
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            }
            let program = Process()
            let output = Pipe()
            program.executableURL = URL(fileURLWithPath: Repository.product("tidemark"))
            program.arguments = ["serve", "--port", "0"]
            program.currentDirectoryURL = URL(fileURLWithPath: folder)
            program.environment = [:]
            program.standardOutput = output
            try program.run()
            defer {
                if program.isRunning { program.terminate() }
            }
            let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            let match = try #require(line.wholeMatch(of: #/http://127\.0\.0\.1:(\d+)/\n/#))
            try await body(try #require(UInt16(match.1)), folder)
            program.interrupt()
            program.waitUntilExit()
            #expect(program.terminationReason == .exit)
            #expect(program.terminationStatus == 0)
        }
    }

    @Test("pages are served with type and length, fresh each time; Ctrl-C is a good end")
    func serving() async throws {
        try await withPreview { port, folder in
            #expect(
                try LoopbackRequest.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", port)
                    == page("200 OK", "<p>Now"))
            try "<p>Later".write(
                toFile: "\(folder)/public/index.html", atomically: true, encoding: .utf8)
            #expect(
                try LoopbackRequest.send("GET /?q=1 HTTP/1.1\r\nConnection: close\r\n\r\n", port)
                    == page("200 OK", "<p>Later"))
            #expect(
                try LoopbackRequest.send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n", port)
                    == page("200 OK", "<p>Later", body: ""))
            #expect(
                try LoopbackRequest.send("GET /../t HTTP/1.1\r\nConnection: close\r\n\r\n", port)
                    == page("404 Not Found", "<p>Gone"))
            let redirect = try LoopbackRequest.send(
                "GET /tags?q=1 HTTP/1.1\r\nConnection: close\r\n\r\n", port)
            #expect(redirect.hasPrefix("HTTP/1.1 301 Moved Permanently\r\n"))
            #expect(redirect.contains("\r\nLocation: /tags/?q=1\r\n"))
            let post = try LoopbackRequest.send(
                "POST / HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", port)
            #expect(post.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\n"))
        }
    }

    @Test("a port in use is refused with a way out")
    func portInUse() async throws {
        try await withPreview { port, folder in
            let run = try await ProgramRun.tidemark("serve", "--port", "\(port)", in: folder)
            #expect(run.code == 1)
            #expect(
                run.errors
                    == "tidemark: 127.0.0.1:\(port): cannot be listened on: address already in use; "
                    + "--port 0 takes a free one\n")
        }
    }

    private func page(_ status: String, _ text: String, body: String? = nil) -> String {
        "HTTP/1.1 \(status)\r\nCache-Control: no-store\r\nContent-Length: \(text.utf8.count)\r\n"
            + "Content-Type: text/html; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n\r\n"
            + (body ?? text)
    }
}
