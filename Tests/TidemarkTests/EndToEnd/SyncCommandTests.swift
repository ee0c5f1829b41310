import Foundation
import Support
import Testing

@testable import Decode

/// `tidemark sync` with its flags, against a bucket in memory.
@Suite("tidemark sync")
struct SyncCommandTests {
    private static let secret = "sesame+open/this=secret"

    private struct Report: Decodable {
        struct Action: Decodable, Hashable {
            var action: String
            var path: String
            var bytes: Int
            var reason: String
            var phase: String
        }
        struct Sent: Decodable, Hashable {
            var uploads: Int
            var bytes: Int
            var deletes: Int
            var requests: Int
        }
        struct Failure: Decodable {
            var path: String?
            var error: String
        }
        var outcome: String
        var actions: [Action]
        var unchanged: Int
        var sent: Sent
        var failures: [Failure]
        var notes: [String]

        init(_ run: ProgramRun) throws {
            self = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        }
    }

    /// A small site and a bucket; `run` syncs the one to the other.
    private struct Place {
        var path: String
        var environment: [String: String]

        init(_ path: String, port: String) throws {
            self.path = path
            environment = [
                "AWS_ACCESS_KEY_ID": "ID", "AWS_SECRET_ACCESS_KEY": secret,
                "AWS_SESSION_TOKEN": secret, "TIDEMARK_PUBLISH_BUCKET": "site",
                "TIDEMARK_PUBLISH_ENDPOINT": "http://127.0.0.1:\(port)",
            ]
            try site([
                "index.html": "<p>1", "a/index.html": "<p>1", "feed.xml": "<rss/>",
                "data/windows/2026.csv": "slot\n1\n", "assets/a.0123abcd.css": "p {}",
            ])
        }

        func site(_ files: [String: String]) throws {
            try? FileManager.default.removeItem(atPath: path + "/public")
            for (name, text) in files { try write(text, to: "\(path)/public/\(name)") }
            try write("{\"files\":\(files.count)}", to: path + "/public/.tidemark-site")
        }

        func run(_ arguments: String..., code: Int32 = 0) async throws -> ProgramRun {
            let run = try await ProgramRun.program(
                Repository.product("tidemark"), ["sync"] + arguments, in: path,
                environment: environment)
            #expect(run.code == code, "\(arguments): \(run.errors)")
            #expect(!(run.output + run.errors).contains(secret))
            return run
        }
    }

    private func withPlace(_ body: @Sendable (Place) async throws -> Void) async throws {
        try await withPeer("faults.py") { port in
            try await withTemporaryFolder { try await body(Place($0, port: port)) }
        }
    }

    @Test("a dry run prints the plan, for people and for machines, and does nothing")
    func dryRun() async throws {
        try await withPlace { place in
            let shown = """
                upload  assets/a.0123abcd.css  4 bytes  new
                upload  data/windows/2026.csv  7 bytes  new
                upload  a/index.html  4 bytes  new
                upload  feed.xml  6 bytes  new
                upload  index.html  4 bytes  new
                5 to upload (25 bytes), 0 to delete, 0 unchanged

                """
            #expect(
                try await place.run("--dry-run") == ProgramRun(code: 0, output: shown, errors: ""))
            let report = try Report(await place.run("--dry-run", "--json"))
            #expect(report.outcome == "planned")
            #expect(
                report.actions.last
                    == .init(
                        action: "upload", path: "index.html", bytes: 4, reason: "new",
                        phase: "front"))
            #expect(report.sent == .init(uploads: 0, bytes: 0, deletes: 0, requests: 2))
            #expect(!FileManager.default.fileExists(atPath: place.path + "/.public.sync"))
        }
    }

    @Test(
        "from cron it is silent; as JSON it says what was done, and again that there is nothing to do"
    )
    func json() async throws {
        try await withPlace { place in
            #expect(try await place.run() == ProgramRun(code: 0, output: "", errors: ""))
            let again = try Report(await place.run("--json"))
            #expect(again.outcome == "nothing to do" && again.unchanged == 5)
            #expect(again.sent == .init(uploads: 0, bytes: 0, deletes: 0, requests: 1))
            let forced = try Report(await place.run("--force", "--json"))
            #expect(
                forced.outcome == "done" && forced.sent.uploads == 5 && forced.sent.requests == 8)
            #expect(Set(forced.actions.map(\.reason)) == ["forced"])
            #expect(forced.failures.isEmpty && forced.notes.isEmpty)
        }
    }

    @Test("only what was asked for goes up; a pattern that matches nothing is an error")
    func only() async throws {
        try await withPlace { place in
            let report = try Report(
                await place.run("--json", "--only", "data", "--only", "**/index.html"))
            #expect(
                report.actions.map(\.path) == [
                    "data/windows/2026.csv", "a/index.html", "index.html",
                ])
            let typo = try await place.run("--only", "dada", code: 1)
            #expect(typo.errors == "tidemark: no file of the site matches what --only asks for\n")
            _ = try await place.run("--only", "data", "--prune", code: 64)
            #expect(try Report(await place.run("--json")).sent.uploads == 2)
        }
    }

    @Test("deletes are refused above the cap of this run, all of them")
    func deletes() async throws {
        try await withPlace { place in
            _ = try await place.run("--json")
            try place.site([
                "index.html": "<p>1", "feed.xml": "<rss/>", "data/windows/2026.csv": "slot\n1\n",
            ])
            let refused = try await place.run("--max-deletes", "1", code: 3)
            #expect(
                refused.errors
                    == "tidemark: refused, and the published site stays as it is: 2 files would be deleted from it, "
                    + "and publish.maxDeletes allows 1. tidemark sync --dry-run shows them; if they are to go, "
                    + "tidemark sync --max-deletes 2 lets them go, this once\n")
            _ = try await place.run("--max-deletes", "-1", code: 64)
            let report = try Report(await place.run("--json", "--max-deletes", "2"))
            #expect(
                report.actions.map { "\($0.action) \($0.path)" } == [
                    "delete a/index.html", "delete assets/a.0123abcd.css",
                ])
            #expect(report.sent.deletes == 2)
        }
    }

    @Test("a bucket that others changed is repaired, and what they put there goes if asked for")
    func repair() async throws {
        try await withPlace { place in
            _ = try await place.run()
            try await Self.put("index.html", in: place)
            try await Self.put("by-hand.txt", in: place)
            #expect(try Report(await place.run("--json")).outcome == "nothing to do")
            let report = try Report(await place.run("--json", "--verify-remote", "--prune"))
            #expect(
                report.actions.map { "\($0.action) \($0.path): \($0.reason)" } == [
                    "upload index.html: unknown content", "delete by-hand.txt: not of the site",
                ])
            #expect(
                try Report(await place.run("--json", "--verify-remote", "--prune")).outcome
                    == "nothing to do")
        }
    }

    @Test("a run whose lists lost a row is refused")
    func shrinks() async throws {
        try await withPlace { place in
            _ = try await place.run()
            try write("slot\n", to: place.path + "/public/data/windows/2026.csv")
            let refused = try await place.run(code: 3)
            #expect(
                refused.errors
                    == "tidemark: refused, as the archive never shrinks, and what is published stays as it is: "
                    + "data/windows/2026.csv has 1 row in the bucket, 0 here. If they were lost here, bring them "
                    + "back from a copy or with tidemark pull, and build again\n")
        }
    }

    /// As someone does by hand.
    private static func put(_ key: String, in place: Place) async throws {
        let endpoint = place.environment["TIDEMARK_PUBLISH_ENDPOINT"] ?? ""
        let run = try await ProgramRun.program(
            Repository.python ?? "/usr/bin/python3",
            [
                "-c",
                """
                import hashlib, sys, time, urllib.request
                headers = {"x-amz-date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()),
                           "x-amz-content-sha256": hashlib.sha256(b"mine").hexdigest()}
                urllib.request.urlopen(urllib.request.Request(
                    sys.argv[1], data=b"mine", method="PUT", headers=headers))
                """, "\(endpoint)/site/\(key)",
            ], in: "/", environment: [:])
        #expect(run.code == 0, "\(run.errors)")
    }
}
