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
                try send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", port)
                    == page("200 OK", "<p>Now"))
            try "<p>Later".write(
                toFile: "\(folder)/public/index.html", atomically: true, encoding: .utf8)
            #expect(
                try send("GET /?q=1 HTTP/1.1\r\nConnection: close\r\n\r\n", port)
                    == page("200 OK", "<p>Later"))
            #expect(
                try send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n", port)
                    == page("200 OK", "<p>Later", body: ""))
            #expect(
                try send("GET /../t HTTP/1.1\r\nConnection: close\r\n\r\n", port)
                    == page("404 Not Found", "<p>Gone"))
            let redirect = try LoopbackRequest.send(
                "GET /tags?q=1 HTTP/1.1\r\nConnection: close\r\n\r\n", port)
            #expect(redirect.hasPrefix("HTTP/1.1 301 Moved Permanently\r\n"))
            #expect(redirect.contains("\r\nLocation: /tags/?q=1\r\n"))
            let post = try LoopbackRequest.send(
                "POST / HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", port)
            #expect(
                post.hasPrefix(
                    "HTTP/1.1 405 Method Not Allowed\r\nAccess-Control-Allow-Origin: *\r\n"))
            #expect(post.contains("\r\nAllow: GET, HEAD, OPTIONS\r\n"))
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

    @Test("a part of a file is served to who asks for one, and nothing to who has it all")
    func ranges() async throws {
        try await withPreview { port, _ in
            func answer(_ method: String = "GET", _ fields: String...) throws -> String {
                let fields = (fields + ["Connection: close"]).joined(separator: "\r\n")
                return try LoopbackRequest.send("\(method) / HTTP/1.1\r\n\(fields)\r\n\r\n", port)
            }
            let whole = try answer()
            let tag = try #require(whole.firstMatch(of: #/\r\nETag: ("[0-9a-f]{32}")\r\n/#)?.1)
            for (asked, range, body) in [
                ("bytes=0-1", "0-1", "<p"), ("bytes=3-", "3-5", "Now"), ("bytes=-2", "4-5", "ow"),
                ("bytes=4-900", "4-5", "ow"), ("Bytes=-900", "0-5", "<p>Now"),
            ] {
                for same in [[], ["If-Range: \(tag)"]] {
                    let fields = (["Range: \(asked)"] + same).joined(separator: "\r\n")
                    let part = try answer("GET", fields)
                    #expect(part.hasPrefix("HTTP/1.1 206 Partial Content\r\n"), "\(asked)")
                    #expect(part.contains("\r\nContent-Range: bytes \(range)/6\r\n"), "\(asked)")
                    #expect(part.hasSuffix("\r\n\r\n\(body)"), "\(asked)")
                    #expect(part.contains("\r\nAccess-Control-Allow-Origin: *\r\n"))
                }
            }
            for asked in ["bytes=6-", "bytes=-0", "bytes=99999999999999999999-"] {
                let none = try answer("GET", "Range: \(asked)")
                #expect(none.hasPrefix("HTTP/1.1 416 Range Not Satisfiable\r\n"), "\(asked)")
                #expect(none.contains("\r\nContent-Range: bytes */6\r\n"), "\(asked)")
            }
            for asked in ["bytes=2-1", "bytes=0-0,2-3", "bytes=a-b", "bytes=-", "lines=0-1", ""] {
                #expect(try answer("GET", "Range: \(asked)") == whole, "\(asked)")
            }
            #expect(try answer("GET", "Range: bytes=0-1", "If-Range: \"other\"") == whole)
            #expect(try answer("HEAD", "Range: bytes=0-1").hasPrefix("HTTP/1.1 200 OK\r\n"))
            let known = try answer("GET", "If-None-Match: \"x\", W/\(tag)")
            #expect(known.hasPrefix("HTTP/1.1 304 Not Modified\r\n"))
            #expect(known.hasSuffix("\r\n\r\n"))
            let asked = try answer("OPTIONS", "Access-Control-Request-Headers: range")
            #expect(asked.hasPrefix("HTTP/1.1 204 No Content\r\n"))
            #expect(asked.contains("\r\nAccess-Control-Allow-Headers: *\r\n"))
        }
    }

    /// Without what the entity tag is.
    private func send(_ request: String, _ port: UInt16) throws -> String {
        try LoopbackRequest.send(request, port)
            .replacing(#/ETag: "[0-9a-f]{32}"/#, with: "ETag: …")
    }

    private func page(_ status: String, _ text: String, body: String? = nil) -> String {
        let isFound = status.hasPrefix("200")
        return "HTTP/1.1 \(status)\r\n" + (isFound ? "Accept-Ranges: bytes\r\n" : "")
            + "Access-Control-Allow-Origin: *\r\n"
            + "Access-Control-Expose-Headers: ETag, Content-Range, Accept-Ranges\r\n"
            + "Cache-Control: no-store\r\nContent-Length: \(text.utf8.count)\r\n"
            + "Content-Type: text/html; charset=utf-8\r\n" + (isFound ? "ETag: …\r\n" : "")
            + "X-Content-Type-Options: nosniff\r\n\r\n" + (body ?? text)
    }
}
