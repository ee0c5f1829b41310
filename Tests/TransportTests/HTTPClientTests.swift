import Foundation
import Support
import Testing
import Transport

@Suite struct HTTPClientTests {
    private static let ok: [ScriptedPart] = [
        "HTTP/1.1 200 OK\nContent-Length: 5\nX-Made: here\n\nhello"
    ]

    private func address(_ port: Int, _ path: String = "/") throws -> Address {
        try Address("http://127.0.0.1:\(port)\(path)")
    }

    @Test func `An answer comes with status, headers and body`() async throws {
        try await withScriptedServer([Self.ok]) { port in
            let response = try await HTTPClient().send(Request(.get, address(port)))
            #expect(response.status == 200)
            #expect(response.headers["x-made"] == "here")
            #expect(response.body == Array("hello".utf8))
        }
    }

    @Test func `A request goes out as it was made`() async throws {
        try await withScriptedServer([[.echo]]) { port in
            let client = try HTTPClient()
            let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
            let headers: Headers = ["X-Text": "タグ", "X-Empty": "", "Content-Type": "text/csv"]
            for method in [Request.Method.put, .post] {
                let sent = try await client.send(
                    Request(
                        method, address(port, "/a/../%2e%2e/b%3D?x=%2B"), headers: headers,
                        body: bytes)
                ).body
                let end = try #require(sent.firstRange(of: Array("\r\n\r\n".utf8)))
                let head = String(decoding: sent[..<end.lowerBound], as: UTF8.self)
                #expect(
                    head.components(separatedBy: "\r\n").sorted()
                        == [
                            "\(method.rawValue) /a/../%2e%2e/b%3D?x=%2B HTTP/1.1",
                            "Accept: */*",
                            "Content-Length: 300000", "Content-Type: text/csv",
                            "Host: 127.0.0.1:\(port)", "User-Agent: tidemark", "X-Empty:",
                            "X-Text: タグ",
                        ].sorted())
                #expect(Array(sent[end.upperBound...]) == bytes)
            }
            let empty = try await client.send(Request(.put, address(port), body: [])).body
            #expect(String(decoding: empty, as: UTF8.self).contains("Content-Length: 0\r\n"))
            let bare = try await client.send(Request(.delete, address(port))).body
            #expect(String(decoding: bare, as: UTF8.self).hasPrefix("DELETE / HTTP/1.1\r\n"))
            #expect(!String(decoding: bare, as: UTF8.self).contains("Content-"))
        }
    }

    @Test func `A redirect is an answer, and not followed`() async throws {
        try await withScriptedServer([
            ["HTTP/1.1 302 Found\nLocation: /other\nContent-Length: 0\n\n"], Self.ok,
        ]) { port in
            let response = try await HTTPClient().send(Request(.get, address(port)))
            #expect(response.status == 302)
            #expect(response.headers["Location"] == "/other")
        }
    }

    @Test func `Interim answers are passed over`() async throws {
        let answer: [ScriptedPart] = [
            "HTTP/1.1 103 Early Hints\nLink: x\n\n", "HTTP/1.1 204 None\nX-Last: y\n\n",
        ]
        try await withScriptedServer([answer]) { port in
            let response = try await HTTPClient().send(Request(.get, address(port)))
            #expect(response.status == 204)
            #expect(response.headers.fields == [.init(name: "X-Last", value: "y")])
        }
    }

    @Test func `A HEAD has no body, whatever its length says`() async throws {
        try await withScriptedServer([["HTTP/1.1 200 OK\nContent-Length: 100\n\n"]]) { port in
            let response = try await HTTPClient().send(Request(.head, address(port)))
            #expect(response.body.isEmpty && response.headers["Content-Length"] == "100")
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\nContent-Length: 0\n", "HTTP/1.1 200 OK\nContent-Le", "HTTP/1.1 200 OK\n",
    ])
    func `Headers that end with the connection are no answer`(_ text: String) async throws {
        try await withScriptedServer([[.text(text), .close]]) { port in
            let error = await #expect(throws: TransportError.self) {
                try await HTTPClient().send(Request(.put, address(port), body: [1]))
            }
            #expect(error?.isTransient == true)
        }
    }

    @Test func `An answer over the limit is an error, not memory`() async throws {
        try await withScriptedServer([
            ["HTTP/1.1 200 OK\nContent-Length: 1000000000\n\n", .zeros(1_000_000_000)]
        ]) { port in
            let error = await #expect(throws: TransportError.self) {
                try await HTTPClient().send(
                    Request(.get, address(port, "/a?secret"), responseLimit: 1000))
            }
            #expect(error == .tooLong(shown: "http://127.0.0.1:\(port)/a", byteLimit: 1000))
        }
    }

    @Test(
        arguments: [
            ([.drop], "before the head"),
            ([.close], "before the head, in good order"),
            (["HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf", .drop], "in the body"),
            (
                ["HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf", .close],
                "in the body, in good order"
            ),
            (["HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\r\nhel", .close], "in a chunk"),
        ] as [([ScriptedPart], String)])
    func `A connection that breaks is a transient error`(
        _ answer: [ScriptedPart], when: String
    ) async throws {
        try await withScriptedServer([answer]) { port in
            let error = await #expect(throws: TransportError.self) {
                try await HTTPClient().send(Request(.get, address(port, "/p?secret")))
            }
            #expect(error?.isTransient == true, "\(when)")
            #expect(error?.description.hasPrefix("http://127.0.0.1:\(port)/p: ") == true)
            #expect(error?.description.contains("secret") == false)
        }
    }

    @Test func `What is no HTTP is an error in curl's words`() async throws {
        try await withScriptedServer([["SSH-2.0-OpenSSH\n\n", .drop]]) { port in
            let error = await #expect(throws: TransportError.self) {
                try await HTTPClient().send(Request(.get, address(port)))
            }
            #expect(error?.isTransient == false, "\(String(describing: error))")
        }
    }

    @Test func `A port nobody listens on is a transient error`() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await HTTPClient().send(Request(.get, address(1)))
        }
        #expect(error?.isTransient == true)
    }

    @Test func `Silence after the headers ends a request by its own limit`() async throws {
        try await withScriptedServer([["HTTP/1.1 200 OK\nContent-Length: 10\n\n", .hold]]) { port in
            await #expect(
                throws: TransportError.silent(
                    shown: "http://127.0.0.1:\(port)/", limit: .milliseconds(300))
            ) {
                try await HTTPClient().send(
                    Request(.get, address(port), silenceLimit: .milliseconds(300)))
            }
        }
    }

    @Test func `A few bytes now and then are no silence, but the time for all of it ends`()
        async throws
    {
        let drip: [ScriptedPart] = Array(repeating: [.pause(seconds: 0.1), "."], count: 12).flatMap
        { $0 }
        let answer = ["HTTP/1.1 200 OK\nContent-Length: 12\n\n"] + drip
        try await withScriptedServer([answer]) { port in
            let client = try HTTPClient()
            let slow = try await client.send(
                Request(.get, address(port), silenceLimit: .milliseconds(700)))
            #expect(slow.body.count == 12)
            let error = await #expect(throws: TransportError.self) {
                try await client.send(
                    Request(
                        .get, address(port), silenceLimit: .seconds(5),
                        timeLimit: .milliseconds(400)))
            }
            #expect(error?.isTransient == true)
        }
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "a\u{0}b"])
    func `A header that holds another is refused`(_ value: String) async throws {
        await #expect(throws: TransportError.header(name: "X")) {
            try await HTTPClient().send(Request(.get, address(9), headers: ["X": value]))
        }
        await #expect(throws: TransportError.header(name: value)) {
            try await HTTPClient().send(Request(.get, address(9), headers: [value: "x"]))
        }
    }

    @Test func `TLS is verified: a certificate nobody vouches for ends it, one of ours does not`()
        async throws
    {
        let certificate = Repository.folder + "/Tests/Peers/localhost.pem"
        try await withScriptedServer([Self.ok], certificate: certificate) { port in
            let secure = try Address("https://localhost:\(port)/")
            let error = await #expect(throws: TransportError.self) {
                try await HTTPClient().send(Request(.get, secure))
            }
            #expect(
                error?.description.contains("certificate") == true, "\(String(describing: error))")
            #expect(error?.isTransient == false)
            let trusting = try HTTPClient(certificates: certificate)
            #expect(try await trusting.send(Request(.get, secure)).status == 200)
            await #expect(throws: TransportError.self, "the name is another") {
                try await trusting.send(Request(.get, try Address("https://127.0.0.1:\(port)/")))
            }
        }
    }

    @Test func `A cancelled task ends its request at once`() async throws {
        try await withScriptedServer([[.hold]]) { port in
            let client = try HTTPClient()
            let request = Request(.get, try address(port))
            let task = Task { () async throws(TransportError) -> Response in
                try await client.send(request)
            }
            task.cancel()
            await #expect(throws: TransportError.cancelled) { try await task.value }
        }
    }

    @Test func `A kept connection that the server closed is replaced, the body sent anew`()
        async throws
    {
        try await withScriptedServer([[.echo, .close]]) { port in
            let client = try HTTPClient(maxActive: 1)
            let body = [UInt8](repeating: 7, count: 100_000)
            for _ in 0..<20 {
                let sent = try await client.send(Request(.put, address(port), body: body))
                    .body
                #expect(Array(sent.suffix(body.count)) == body)
            }
        }
    }

    @Test func `More requests than may run at once all get their answers, over kept connections`()
        async throws
    {
        try await withScriptedServer([[.echo]]) { port in
            let client = try HTTPClient(maxActive: 3)
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let response = try await client.send(
                            Request(.get, address(port, "/\(number)")))
                        return String(decoding: response.body.prefix { $0 != 0x0D }, as: UTF8.self)
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(answers == Set((0..<200).map { "GET /\($0) HTTP/1.1" }))
        }
    }
}
