import Foundation
import Support
import Testing

@testable import tidemark

/// A slot mapped in parts by several runs, and closed by one.
@Suite("tidemark part")
struct PartStoryTests {
    private static let lines: [String] = (1...40).map { number in
        #"{"did":"did:example:p\#(number % 9)","time_us":\#(1_795_176_000_000_000 + number * 1_000_000),"#
            + #""commit":{"rev":"3lbsw5kzdqk2\#(number % 2 == 0 ? "2" : "z")","operation":"#
            + #""\#(number % 11 == 0 ? "delete" : "create")","collection":"app.bsky.feed.post","#
            + #""rkey":"\#(number % 7)","record":{"tags":["Tide","Kelp\#(number % 3)"],"#
            + #""embed":{"external":{"title":"One","uri":"https://a.example/"}}}}}"# + "\n"
    }
    private static let secret = "correct horse battery staple"
    private static let slot = "parts/20261120T12Z"

    private func folder(_ path: String, secret: String = secret) throws -> OperatorFolder {
        let folder = try OperatorFolder(
            path,
            "sources: { sky: { kind: file, paths: [whole.ndjson], format: jetstream } }\n")
        try write(Self.lines.joined(), to: path + "/whole.ndjson")
        for (name, lines) in [
            ("a", Self.lines[..<9]), ("b", Self.lines[9..<30]), ("c", Self.lines[30...]),
        ] { try write(lines.joined(), to: path + "/" + name) }
        try write(secret, to: path + "/secret")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: path + "/secret")
        return folder
    }

    private func run(_ arguments: [String], in path: String) async throws -> ProgramRun {
        try await ProgramRun.program(Repository.product("tidemark"), arguments, in: path)
    }

    private func closing(_ arguments: [String], in path: String) async throws -> ProgramRun {
        try await run(["part", "close", "--now", OperatorFolder.now] + arguments, in: path)
    }

    private func map(
        _ names: [String], in path: String, _ more: [String] = []
    ) async throws
        -> ProgramRun
    {
        try await run(
            [
                "part", "map", "--format", "jetstream", "--salt-file", "secret", "--output",
                "parts",
                "--source", "sky",
            ] + more + names, in: path)
    }

    @Test func `a list names parts and files, and another line is refused`() async throws {
        try await withTemporaryFolder { path in
            _ = try folder(path)
            try write("one\ta\ntwo\tb\n", to: path + "/list")
            let made = try await map(["--list", "list"], in: path)
            #expect(made.output == "\(Self.slot)/one.part\n\(Self.slot)/two.part\n")
            try write("one a\n", to: path + "/list")
            let refused = try await map(["--list", "list"], in: path)
            #expect(refused.code == 64 && refused.errors.contains("is no name of 1 to 100 letters"))
            #expect(try await map([], in: path).errors.contains("name a file, or a --list of them"))
        }
    }

    @Test func `count adds parts up to the bytes of a count of the whole`() async throws {
        try await withTemporaryFolder { path in
            _ = try folder(path)
            let made = try await map(["c", "a"], in: path)
            #expect(made.output == "\(Self.slot)/c.part\n\(Self.slot)/a.part\n" && made.code == 0)
            #expect(try await map(["b"], in: path).code == 0)
            let parts = ["b", "c", "a", "c"].map { "\(Self.slot)/\($0).part" }
            for flags in [
                ["--quiet"], ["--json", "--context"], ["--explain", "tide"],
                ["--keep-deleted", "--rank", "posts", "--block", "kelp*", "--quiet"],
            ] {
                let whole = try await run(
                    ["count", "--format", "jetstream", "whole.ndjson"] + flags, in: path)
                #expect(whole.output.utf8.count > 30)
                #expect(try await run(["count"] + flags + parts, in: path) == whole)
            }
            let mixed = try await run(["count", "a"] + parts, in: path)
            #expect(mixed.code == 3 && mixed.errors.contains("a is not: parts are counted by them"))
            let filtered = try await run(["count", "--lang", "en"] + parts, in: path)
            #expect(filtered.code == 3 && filtered.errors.contains("other rules: languages all"))
            #expect(try await run(["count", "a"], in: path).code == 64)
        }
    }

    @Test func `close appends what a snapshot of the whole would, once, and deletes the parts`()
        async throws
    {
        try await withTemporaryFolder { path in
            let folder = try folder(path)
            #expect(try await folder.tidemark("snapshot").code == 0)
            let expected = try FileManager.default.contents(ofArchive: path + "/archive")
            #expect(expected.keys.contains("related/2026/2026-11-20.csv"))
            try FileManager.default.removeItem(atPath: path + "/archive")

            #expect(try await map(["a", "b", "c"], in: path).code == 0)
            let run = try await closing([Self.slot], in: path)
            #expect(run.code == 0 && !run.errors.contains("warning"), "\(run.errors)")
            #expect(try FileManager.default.contents(ofArchive: path + "/archive") == expected)
            #expect(!FileManager.default.fileExists(atPath: "\(path)/\(Self.slot)"))

            // One comes late, and the step is repeated.
            #expect(try await map(["b"], in: path).code == 0)
            let late = try await closing([Self.slot], in: path)
            #expect(late.code == 0 && late.errors.contains("archived already"))
            #expect(try FileManager.default.contents(ofArchive: path + "/archive") == expected)
            #expect(!FileManager.default.fileExists(atPath: "\(path)/\(Self.slot)"))
            let again = try await closing([Self.slot + "/"], in: path)
            #expect(again.code == 0, "\(again.errors)")
            #expect(try FileManager.default.contents(ofArchive: path + "/archive") == expected)
            let none = try await closing([Self.slot, "parts/20261120T18Z"], in: path)
            #expect(none.code == 1 && none.errors.contains("No such file"), "\(none.errors)")
        }
    }

    /// The lines as of so many hours later, a multiple of five.
    private func moved(_ lines: some Sequence<String>, by hours: Int) -> String {
        lines.map {
            $0.replacing(
                "\"time_us\":1795176", with: "\"time_us\":\(1_795_176 + hours * 3600 / 1000)")
        }.joined()
    }

    /// The second split begins in another slot, the fourth in a third one; of the third, between them, nothing but a
    /// deletion is left.
    @Test(
        "Slots that are closed one by one start and end as beside each other, empty ones between them or not",
        arguments: [[10, 15, 20], [10, 15, 40], [30, 30, 95], [40, 90, 95], [-30, 30, 30]])
    func oneByOne(hours: [Int]) async throws {
        try await withTemporaryFolder { path in
            let folder = try folder(path)
            try write(moved(Self.lines[..<9], by: 0), to: path + "/a")
            try write(moved(Self.lines[11..<21], by: hours[0]), to: path + "/b")
            try write(moved(Self.lines[21...21], by: hours[1]), to: path + "/c")
            try write(moved(Self.lines[22...], by: hours[2]), to: path + "/d")
            let names = ["a", "b", "c", "d"]
            try write(
                names.map { text("\(path)/\($0)") }.joined(), to: path + "/whole.ndjson")
            let now = "2026-12-01T00:00:00Z"
            #expect(try await run(["snapshot", "--now", now], in: path).code == 0)
            let expected = try FileManager.default.contents(ofArchive: path + "/archive")
            #expect(folder.rows("windows/2026.csv").count >= 2)
            try FileManager.default.removeItem(atPath: path + "/archive")

            #expect(try await map(names, in: path).code == 0)
            let slots = try FileManager.default.contentsOfDirectory(atPath: path + "/parts")
                .sorted()
            for (number, slot) in slots.enumerated() {
                let run = try await run(
                    ["part", "close", "--now", now, "parts/" + slot], in: path)
                #expect(run.code == 0, "\(run.errors)")
                guard number == 1 else { continue }
                // One of the first slot comes late, and again.
                #expect(try await map(["a"], in: path).code == 0)
                let late = try await self.run(
                    ["part", "close", "--now", now, Self.slot], in: path)
                #expect(late.code == 0, "\(late.errors)")
            }
            #expect(try FileManager.default.contents(ofArchive: path + "/archive") == expected)
            let left = try FileManager.default.contentsOfDirectory(atPath: path + "/parts")
            #expect(left == [".sky.span"])
        }
    }

    @Test func `Many work out shares of posts and of hashtags, and close appends the same`()
        async throws
    {
        try await withTemporaryFolder { path in
            let folder = try folder(path)
            #expect(try await folder.tidemark("snapshot").code == 0)
            let expected = try FileManager.default.contents(ofArchive: path + "/archive")
            try FileManager.default.removeItem(atPath: path + "/archive")
            func share(_ command: String, _ shares: [String]) async throws {
                for share in shares {
                    let run = try await run(
                        [
                            "part", command, "--share", share, "--output", Self.slot, Self.slot,
                        ], in: path)
                    #expect(run.code == 0, "\(run.errors)")
                }
            }

            #expect(try await map(["a", "b"], in: path).code == 0)
            try await share("posts", ["1/1"])
            try await share("tags", ["1/1"])
            #expect(try await map(["c"], in: path).code == 0)
            let early = try await closing([Self.slot], in: path)
            #expect(
                early.code == 3 && early.errors.contains("1-of-1.tags: it was made of other parts"))
            for kind in ["uses", "tags"] {
                try FileManager.default.removeItem(atPath: "\(path)/\(Self.slot)/1-of-1.\(kind)")
            }

            try await share("posts", ["3/3", "1/3", "1/3"])
            let missing = try await run(
                ["part", "tags", "--output", Self.slot, Self.slot], in: path)
            #expect(missing.code == 3 && missing.errors.contains("the share 2/3 is missing"))
            try await share("posts", ["2/3"])
            try await share("tags", ["1/2", "2/2", "1/2"])
            #expect(try await closing([Self.slot], in: path).code == 0)
            #expect(try FileManager.default.contents(ofArchive: path + "/archive") == expected)
            #expect(!FileManager.default.fileExists(atPath: "\(path)/\(Self.slot)"))
        }
    }

    /// Members that are left out at the beginning of all, between two periods, in an archive that has nothing else, and in one
    /// of which there is no record.
    @Test func `Parts tell of what was left out of archives as one machine does`() async throws {
        try await withTemporaryFolder { path in
            let sources = ["a.tar", "b.zip", "c.tar", "d.tar", "e.zip", "f.ndjson"]
            let folder = try OperatorFolder(
                path,
                "sources: { sky: { kind: file, paths: [\(sources.joined(separator: ", "))], format: jetstream } }\n"
            )
            try write(Self.secret, to: path + "/secret")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: path + "/secret")
            func member(_ name: String, _ text: String) -> Packed.Member {
                Packed.Member(name, Array(text.utf8))
            }
            let picture = Packed.Member("tide.png", [0x89, 0x50, 0x4E, 0x47, 0, 1, 2])
            let first = Self.lines[..<20].joined()
            let archives: [(String, [Packed.Member], String)] = [
                ("a.tar", [member("README.txt", "Of one day.\n")], "pax"),
                (
                    "b.zip", [member("READ\u{1B}.txt", "Of six hours.\n"), member("1", first)],
                    "zip"
                ),
                ("c.tar", [member("LICENSE", "Do.\nAs you like.\n"), picture], "pax"),
                (
                    "d.tar",
                    [member("2", moved(Self.lines[20..<30], by: 10)), member("notes", "None.\n")],
                    "pax"
                ),
                ("e.zip", [picture], "zip"),
            ]
            for (name, members, format) in archives {
                try write(Packed.archive(members, format: format), to: "\(path)/\(name)")
            }
            try write(moved(Self.lines[30...], by: 15), to: path + "/f.ndjson")
            #expect(try await folder.tidemark("snapshot").code == 0)
            let expected = try FileManager.default.contents(ofArchive: path + "/archive")
            let notes = text(path + "/archive/windows/2026.csv")
            let told = "left out, as nothing in it is of that format: "
            #expect(
                notes.contains(
                    told + "a.tar: README.txt, b.zip: READ .txt, c.tar: LICENSE and 1 more"),
                "\(notes)")
            #expect(notes.contains(told + "d.tar: notes, e.zip: tide.png"), "\(notes)")
            try FileManager.default.removeItem(atPath: path + "/archive")

            // The one that tells no time comes first, and waits for the others.
            let map = try await map(sources, in: path)
            #expect(map.code == 0 && map.errors.contains("d.tar: notes"), "\(map.errors)")
            for slot in try FileManager.default.contentsOfDirectory(atPath: path + "/parts")
                .sorted()
            {
                let place = "parts/\(slot)"
                for step in ["posts", "tags"] where slot != "20261120T18Z" {
                    #expect(
                        try await run(["part", step, "--output", place, place], in: path).code == 0)
                }
                #expect(try await closing([place], in: path).code == 0)
            }
            #expect(try FileManager.default.contents(ofArchive: path + "/archive") == expected)
        }
    }

    @Test func `A window without a part that was to come is partial and says so`() async throws {
        try await withTemporaryFolder { path in
            let folder = try folder(path)
            #expect(try await map(["a", "b"], in: path).code == 0)
            let names = ["a", "b", "c"].flatMap { ["--expect", $0] }
            let run = try await closing(names + [Self.slot], in: path)
            #expect(run.code == 2 && run.errors.contains("without c."))
            let row = try #require(folder.rows("windows/2026.csv").first)
            #expect(row.contains(",partial,") && row.contains(",without c,"))
        }
    }

    @Test func `Collectors put their shares into one place, and a publisher closes the slot once`()
        async throws
    {
        try await withTemporaryFolder { path in
            let closing = "2026-11-20T18:25:00Z"
            let alone = try folder(path + "/alone")
            #expect(try await run(["snapshot", "--now", closing], in: alone.path).code == 0)
            let expected = try FileManager.default.contents(ofArchive: alone.path + "/archive")
            _ = try folder(path + "/members")
            func publisher(_ name: String) throws -> OperatorFolder {
                try OperatorFolder(
                    "\(path)/\(name)",
                    "warnings: { coverage: 0% }\n"
                        + "sources: { sky: { kind: collect, members: [a, b, c], place: ../members/parts } }\n"
                )
            }
            let (one, other) = (try publisher("one"), try publisher("other"))
            let slot = "\(path)/members/\(Self.slot)"
            func publish(_ folder: OperatorFolder, at now: String) async throws -> ProgramRun {
                try await run(["snapshot", "--now", now], in: folder.path)
            }

            // Nothing is there, then two of three before the deadline.
            #expect(try await publish(one, at: "2026-11-20T18:10:00Z").code == 0)
            #expect(try await map(["a", "b"], in: path + "/members").code == 0)
            let early = try await publish(one, at: "2026-11-20T18:20:00Z")
            #expect(early.code == 0, "\(early.errors)")
            #expect(!FileManager.default.fileExists(atPath: one.path + "/archive/windows"))

            // The third comes, where strangers can read it.
            #expect(try await map(["c"], in: path + "/members").code == 0)
            for (mode, code) in [(0o644, 3), (0o600, 0)] {
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode], ofItemAtPath: slot + "/c.part")
                let run = try await publish(one, at: closing)
                #expect(run.code == Int32(code), "\(run.errors)")
                #expect(run.errors.contains("c.part: everybody can read it") == (code == 3))
            }
            #expect(try FileManager.default.contents(ofArchive: one.path + "/archive") == expected)
            #expect(!FileManager.default.fileExists(atPath: slot))

            // One comes again, late: neither publisher makes a row of it.
            #expect(try await map(["b"], in: path + "/members").code == 0)
            for folder in [other, one] {
                #expect(try await publish(folder, at: "2026-11-20T19:00:00Z").code == 0)
                #expect(!FileManager.default.fileExists(atPath: slot))
            }
            #expect(!FileManager.default.fileExists(atPath: other.path + "/archive/windows"))
        }
    }

    @Test
    func `A slot that a later run of a publisher closes goes on where the one before it ended`()
        async throws
    {
        try await withTemporaryFolder { path in
            let alone = try folder(path + "/alone")
            let shares = [moved(Self.lines[..<9], by: 0), moved(Self.lines[9...], by: 10)]
            try write(shares.joined(), to: alone.path + "/whole.ndjson")
            let nows = ["2026-11-20T18:25:00Z", "2026-11-21T00:25:00Z"]
            #expect(try await run(["snapshot", "--now", nows[1]], in: alone.path).code == 0)
            let rows = alone.rows("windows/2026.csv")
            #expect(rows.count == 2 && rows[1].contains(",sky,2026-11-20T18:00:00Z,"))

            let publisher = try OperatorFolder(
                path + "/publisher",
                "warnings: { coverage: 0% }\n"
                    + "sources: { sky: { kind: collect, members: [a], place: ../alone/parts } }\n")
            for (share, now) in zip(shares, nows) {
                try write(share, to: alone.path + "/a")
                #expect(try await map(["a"], in: alone.path).code == 0)
                let run = try await run(["snapshot", "--now", now], in: publisher.path)
                #expect(run.code == 0, "\(run.errors)")
            }
            // What came before the second share was there is all that the first slot knows.
            #expect(publisher.rows("windows/2026.csv").last == rows.last)
        }
    }

    @Test func `Past the deadline a slot is closed without those that are missing`() async throws {
        try await withTemporaryFolder { path in
            _ = try folder(path)
            #expect(try await map(["a", "b"], in: path).code == 0)
            let publisher = try OperatorFolder(
                path + "/publisher",
                "sources: { sky: { kind: collect, members: [a, b, c], place: ../parts, deadline: 10m } }\n"
            )
            let run = try await run(
                ["snapshot", "--now", "2026-11-20T18:10:00Z"], in: publisher.path)
            #expect(run.errors.contains("without c"), "\(run.errors)")
            let row = try #require(publisher.rows("windows/2026.csv").first)
            #expect(row.contains(",partial,") && row.contains(",without c,"))
            #expect(!FileManager.default.fileExists(atPath: "\(path)/\(Self.slot)"))
        }
    }

    @Test func `The secret is read from a file of one's own, and shown nowhere`() async throws {
        try await withTemporaryFolder { path in
            _ = try folder(path)
            let made = try await map(["a"], in: path, ["--verbose"])
            let part = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(Self.slot)/a.part"))
            #expect(part.range(of: Data(Self.secret.utf8)) == nil)
            #expect(part.range(of: Data("did:example".utf8)) == nil)
            #expect(!(made.output + made.errors).contains(Self.secret))

            try write("short", to: path + "/secret")
            let short = try await map(["b"], in: path)
            #expect(short.code == 64 && short.errors.contains("--salt-file: secret has 5 bytes"))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: path + "/secret")
            let open = try await map(["b"], in: path)
            #expect(open.code == 64 && open.errors.contains("chmod 600"))
        }
    }

    @Test func `Wrong lines say what is wrong`() async throws {
        try await withTemporaryFolder { path in
            _ = try folder(path)
            for arguments in [
                ["--name", "x/y", "a"], ["--name", "x", "a", "b"], ["--every", "5", "a"],
                ["--slot", "2026-11-20T13:00:00Z", "a"], ["--order", "-1", "a"],
                ["--block-host", "not a host", "a"], ["a", "./a"],
            ] {
                let run = try await map(arguments, in: path)
                #expect(run.code == 64 && run.output.isEmpty, "\(arguments): \(run.errors)")
            }
            #expect(!FileManager.default.fileExists(atPath: path + "/parts"))
        }
    }
}

extension FileManager {
    /// The files of an archive by their paths.
    fileprivate func contents(ofArchive folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try subpathsOfDirectory(atPath: folder) where path.hasSuffix(".csv") {
            files[path] = contents(atPath: "\(folder)/\(path)")
        }
        return files
    }
}
