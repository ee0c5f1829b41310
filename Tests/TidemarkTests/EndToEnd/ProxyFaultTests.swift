import Foundation
import Support
import Testing
import Transport

/// A publish through a CONNECT proxy that meets one fault, of the proxy at one of its connections or of the bucket at
/// one of its requests: the next run makes the bucket equal to the site.
///
/// `make faults` tries every fault at every place.
@Suite("faults behind a proxy")
struct ProxyFaultTests {
    private static let isWhole = ProcessInfo.processInfo.environment["TIDEMARK_FAULTS"] == "all"

    private static let ofProxy = [
        "close", "half", "through-close", "cut", "nonsense", "page", "continue", "long", "403",
        "407",
        "429", "500", "502", "503", "504", "302", "204",
    ]

    private static let ofBucket = [
        "500", "500-done", "503", "skewed", "elsewhere", "reset-request", "reset-done",
        "reset-answer", "truncated", "malformed", "error-200", "short",
    ]

    /// A small site, a bucket with some of it, and a proxy on the way.
    private struct Way {
        let path: String
        let bucket: UInt16
        let proxy: UInt16
        let certificates: String

        struct Report: Decodable {
            var requests: Int
            var objects: [String: [String]]
            var broken: [String]

            var site: [String: [String]] { objects.filter { !$0.key.hasPrefix(".tidemark/") } }
        }

        func site(_ state: String) throws {
            let files = [
                "index.html": "<a href=\"a/\">\(state)</a>", "a/index.html": "<p>\(state)</p>",
                "feed.xml": "<rss><!-- \(state) --></rss>",
                "\(state)/index.html": "<p>\(state)</p>", "assets/a.0123abcd.css": "p {}",
                "data/windows/2026.csv": "slot\n1\n" + (state == "old" ? "" : "2\n"),
            ]
            try? FileManager.default.removeItem(atPath: path + "/public")
            for (name, text) in files { try write(text, to: "\(path)/public/\(name)") }
            try write("{\"files\":\(files.count)}", to: path + "/public/.tidemark-site")
        }

        func sync() async throws -> ProgramRun {
            try await ProgramRun.program(
                Repository.product("tidemark"), ["sync"], in: path,
                environment: [
                    "AWS_ACCESS_KEY_ID": "ID", "AWS_SECRET_ACCESS_KEY": "KEY",
                    "TIDEMARK_PUBLISH_BUCKET": "site",
                    "TIDEMARK_PUBLISH_ENDPOINT": "https://s3.tidemark.example",
                    "HTTPS_PROXY": "http://127.0.0.1:\(proxy)",
                    "SSL_CERT_FILE": certificates + "/ca.pem",
                ])
        }

        func reset(_ fault: String?, at place: Int) async throws {
            try? FileManager.default.removeItem(atPath: path + "/.public.sync")
            let name = fault.map { "\"\($0)\"" } ?? "null"
            try await ask("reset", "{\"fault\":\(name),\"at\":\(place)}")
        }

        func fault(_ kind: String, at place: Int) async throws {
            let address = try Address("http://127.0.0.1:\(proxy)/fault/\(kind)/\(place)")
            _ = try await HTTPClient().send(Request(.get, address))
        }

        func report() async throws -> Report {
            try JSONDecoder().decode(Report.self, from: Data(try await ask("report")))
        }

        @discardableResult
        func ask(_ what: String, _ body: String = "") async throws -> [UInt8] {
            let address = try Address("http://127.0.0.1:\(bucket)/-/\(what)")
            return try await HTTPClient().send(
                Request(.post, address, body: Array(body.utf8))
            ).body
        }
    }

    private func withWay(_ body: @Sendable (Way) async throws -> Void) async throws {
        try await withCertificates { certificates in
            try await withPeer("faults.py") { line in
                let settings = ProxyPeer.Settings(
                    hosts: ["s3.tidemark.example:443": Int(line) ?? 0],
                    certificate: certificates + "/names.pem")
                try await withProxyPeer(settings) { proxy in
                    try await withTemporaryFolder { path in
                        try await body(
                            Way(
                                path: path, bucket: UInt16(line) ?? 0, proxy: UInt16(proxy.port),
                                certificates: certificates))
                    }
                }
            }
        }
    }

    /// Publishes with a fault at each place, and again.
    private func meet(
        _ way: Way, _ faults: [String], at places: (Int) -> [Int],
        fault: (String, Int) async throws -> Void
    ) async throws {
        try way.site("old")
        try #expect(await way.sync().code == 0)
        try await way.ask("save")
        try await way.reset(nil, at: 0)
        try way.site("new")
        try #expect(await way.sync() == ProgramRun(code: 0, output: "", errors: ""))
        let report = try await way.report()
        let (expected, count) = (report.site, report.requests)
        for kind in faults {
            for place in places(count) {
                try await way.reset(nil, at: 0)
                try await fault(kind, place)
                _ = try await way.sync()
                // What was not met does not come the next time.
                try await way.fault("none", at: 0)
                let second = try await way.sync()
                #expect(second.code == 0, "\(kind) at \(place): \(second.errors)")
                let report = try await way.report()
                #expect(report.site == expected, "\(kind) at \(place)")
                #expect(report.broken == [], "\(kind) at \(place)")
            }
        }
    }

    @Test("one of the proxy breaks nothing, and the next run finishes")
    func proxy() async throws {
        try await withWay { way in
            try await meet(way, Self.ofProxy, at: { _ in Self.isWhole ? [1, 2, 3, 4] : [1, 2] }) {
                try await way.fault($0, at: $1)
            }
        }
    }

    @Test("one of the bucket breaks nothing, and the next run finishes")
    func bucket() async throws {
        try await withWay { way in
            try await meet(
                way, Self.ofBucket,
                at: { Self.isWhole ? Array(1...$0) : [1, $0 / 2, $0] }
            ) { try await way.reset($0, at: $1) }
        }
    }
}
