import Archive
import Calendar
import Digest
import Files
import Foundation
import Support
import Testing

@testable import SiteGen

struct MonthFilesTests {
    private func unpacked(_ path: String, in site: SiteFixture) async throws -> String {
        let run = try await ProgramRun.program(
            "/usr/bin/env", ["gzip", "-dc", "\(site.output)/\(path)"], in: site.folder,
            environment: ["PATH": "/usr/bin:/bin"])
        #expect(run.code == 0)
        return run.output
    }

    @Test func `packs a month when no window comes late any more, and never again`() async throws {
        try await withSite { site in
            try site.archive("2026-09-30T18", tags: ["s"])
            try site.archive("2026-10-01T00", tags: ["a", "=b", "c,\"d"])
            try site.archive("2026-10-31T18", "west", tags: ["a"])
            try site.archive("2026-11-02T18", tags: ["n"])
            try site.build()
            let tail = "data/2026/10/tail-2026-10.csv.gz"
            #expect(try FilePlace.kind(of: site.output + "/" + tail) == nil)
            try site.archive("2026-11-03T00", tags: ["n"])
            try site.build()
            for table in ["top", "tail"] {
                let days = try ["2026-10-01", "2026-10-31"].map {
                    try site.file("data/\(table)/2026/\($0).csv")
                }
                let lines = days[1].split(separator: "\n", maxSplits: 1)
                #expect(
                    try await unpacked("data/2026/10/\(table)-2026-10.csv.gz", in: site)
                        == days[0] + lines[1])
            }
            let windows = try await unpacked("data/2026/10/windows-2026-10.csv.gz", in: site)
            #expect(windows.split(separator: "\n").count == 3)
            #expect(windows.hasPrefix("slot,source,") && !windows.contains("\n2026-09"))
            let before = try site.identities()
            try site.archive("2026-11-03T06", tags: ["m"])
            try site.build()
            #expect(try site.identities()[tail] == before[tail])
            let (package, sums) = ("data/datapackage-2026-10.json", "data/sha256sums-2026-10.txt")
            #expect(try site.identities()[package] == before[package])
            #expect(try site.identities()[sums] == before[sums])
        }
    }

    @Test func `joins files begun without a column with an empty cell`() {
        let joined = JoinedTables.joined(
            [Array("a,b\n1,\"2,3\"\n4,".utf8), [], Array("a,b,c\n5,'=6,7\n".utf8)], header: ["x"])
        #expect(String(decoding: joined, as: UTF8.self) == "a,b,c\n1,\"2,3\",\n5,'=6,7\n")
        #expect(JoinedTables.joined([], header: ["x", "y"]) == Array("x,y\n".utf8))
    }

    @Test func `gives days on which nothing was listed a file with its header`() async throws {
        try await withSite { site in
            try site.archive("2026-11-21T00", tags: ["a"])
            try site.archive("2026-11-22T00", tags: [], status: .missing)
            try site.build()
            #expect(
                try site.file("data/tail/2026/2026-11-22.csv") == "slot,source,tag,posts,accounts\n"
            )
            #expect(
                try site.file("data/trending/2026/2026-11-21.csv")
                    == "slot,source,rank,tag,spelling,posts,accounts,expected,score,bounds\n")
        }
    }

    @Test func `has a checksum of every file of a month that is closed, and a hash of all others`()
        async throws
    {
        try await withSite { site in
            try site.archive("2026-10-31T00", tags: ["a"])
            try site.archive("2026-11-03T00", tags: ["a"])
            try site.withdraw("b")
            try site.build()
            let sums = "sha256sums-2026-10.txt"
            #expect(try site.file("data/" + sums).split(separator: "\n").count == 4 + 3 + 1)
            let run = try await ProgramRun.program(
                "/usr/bin/env", ["sha256sum", "--check", "--strict", sums],
                in: site.output + "/data", environment: ["PATH": "/usr/bin:/bin"])
            #expect(run.code == 0, "\(run)")
            let whole = try site.file("data/datapackage.json")
            for path in [
                "windows/2026.csv", "tail/2026/2026-11-03.csv", "withheld/2026/2026-11.csv",
            ] {
                let digest = SHA256(of: Array(try site.file("data/" + path).utf8)).hex
                #expect(whole.contains(#""hash":"sha256:\#(digest)""#), "\(path)")
            }
        }
    }

    @Test func `tells how many lines a list lacks, and never which`() async throws {
        try await withSite { site in
            let slot = try time("2026-11-22T00")
            try site.archive(["east": ["a", "b", "c", "d"], "west": ["x"]], at: slot)
            try site.archive(["east": ["x"], "west": ["x"]], at: slot + 21_600)
            try site.withdraw("b", "c", "t1")
            try site.build()
            #expect(
                try site.file("data/withheld/2026/2026-11.csv")
                    == """
                    slot,source,list,lines,fewest
                    2026-11-22T00:00:00Z,east,tail,3,
                    2026-11-22T00:00:00Z,east,top,2,
                    2026-11-22T00:00:00Z,east,trending,1,
                    2026-11-22T00:00:00Z,west,tail,1,
                    2026-11-22T06:00:00Z,east,tail,1,
                    2026-11-22T06:00:00Z,west,tail,1,

                    """)
            #expect(
                try site.file("data/latest.json").contains(#""withheld":{"top":0,"trending":0}"#))
            try FilePlace.remove(site.archive + "/withdrawn.csv")
            try site.build()
            #expect(try FilePlace.kind(of: site.output + "/data/withheld/2026/2026-11.csv") == nil)
        }
    }

    @Test func `packages name what is there, with its size, digest and columns`() async throws {
        try await withSite { site in
            try site.archive("2026-10-31T00", tags: ["a"])
            try site.archive("2026-11-03T00", tags: ["a"])
            // As a version without the last column has begun it.
            try write(
                "slot,source,rank,tag,spelling,posts,accounts,expected,score\n",
                to: site.archive + "/trending/2026/2026-11-03.csv")
            try site.build()
            let whole = try site.file("data/datapackage.json")
            #expect(whole.contains(#""path":"datapackage-2026-10.json""#))
            #expect(whole.contains(#""path":"windows/2026.csv""#))
            let month = try site.file("data/datapackage-2026-10.json")
            #expect(month.components(separatedBy: #""compression":"gz""#).count == 5)
            #expect(month.contains(#""schema":"schemas/tail.json""#))
            #expect(whole.contains(#""path":"tail/2026/2026-11-03.csv""#))
            #expect(whole.contains(#""schema":{"fields":[{"name":"slot""#))
            #expect(!whole.contains("2026-10-31"))
            #expect(
                whole.contains(
                    #""series":{"path":"../tags/\u007bslug}/series.csv","schema":"schemas/series.json"}"#
                ))
        }
    }
}
