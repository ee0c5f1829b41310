import Foundation
import Support
import Testing

/// A configuration that changes in the middle of an archive's life.
@Suite("a configuration that changes") struct ChangeStoryTests {
    private static func withSample(
        _ body:
            @Sendable (
                _ folder: String,
                _ tidemark: @Sendable (_ arguments: [String]) async throws -> ProgramRun
            ) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await body(folder) { arguments in
                try await ProgramRun.program(
                    Repository.product("tidemark"), arguments, in: folder,
                    environment: [
                        "TIDEMARK_TEMPLATES": "\(Repository.folder)/Templates",
                        "TIDEMARK_PUBLISH_DIRECTORY": "\(folder)/www",
                        "TIDEMARK_SOURCES_SAMPLE_KIND": "sample",
                    ])
            }
        }
    }

    @Test(
        "of window.every and window.top is said once, holds from then on, and leaves archive and site whole",
        arguments: ["12h", "3h"])
    func every(every: String) async throws {
        try await Self.withSample { folder, tidemark in
            let first = try await tidemark(["publish", "--now", "2026-11-22T06:00:00Z"])
            #expect(first.code == 0, "\(first.errors)")
            let changed = ["--window.every", every, "--window.top", "5"]
            let said = try await tidemark(["publish", "--now", "2026-11-22T13:00:00Z"] + changed)
            #expect(said.code == 0, "\(said.errors)")
            #expect(
                said.errors.contains("from 2026-11-23T00:00:00Z on a slot lasts"), "\(said.errors)")
            #expect(said.errors.contains("up to 5 places"), "\(said.errors)")
            let latest = text("\(folder)/public/data/latest.json")
            #expect(latest.contains("\"slotHours\":6") || latest.contains("\"slotHours\": 6"))
            for hour in ["22T18", "23T00", "23T03", "23T12", "23T18", "24T00"] {
                let run = try await tidemark(
                    ["publish", "--now", "2026-11-\(hour):10:00Z"] + changed)
                #expect(run.code == 0 && run.errors == "", "\(run.errors)")
            }
            let rows = text("\(folder)/archive/windows/2026.csv")
            #expect(!rows.contains(",missing,"))
            let last = rows.split(separator: "\n").dropFirst().map { $0.prefix(13) }.filter {
                $0 >= "2026-11-22"
            }
            let hours =
                every == "12h"
                ? ["00", "12"]
                : (0..<8).map { ($0 < 4 ? "0\($0 * 3)" : "\($0 * 3)").suffix(2).description }
            #expect(
                last.map(String.init)
                    == ["00", "06", "12", "18"].map { "2026-11-22T\($0)" }
                    + hours.map { "2026-11-23T\($0)" })
            let verified = try await tidemark(["verify", "--now", "2026-11-24T00:10:00Z"])
            #expect(verified.code == 0, "\(verified.output)")
            let about = text("\(folder)/public/about/index.html")
            #expect(about.contains("a period lasts 6 hours"))
            #expect(about.contains("lists have 5 places"))
            #expect(text("\(folder)/public/data/rules.csv").contains("every"))
        }
    }

    @Test("is kept from another name of a source, planned first, and the bucket goes along")
    func renamed() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            #expect(
                try await folder.tidemark("publish", "--publish.directory", "\(path)/www").code == 0
            )
            let old = folder.rows("windows/2026.csv")
            try write(
                folder.text("tidemark.yaml").replacingOccurrences(of: "  sky:", with: "  heaven:"),
                to: "\(path)/tidemark.yaml")
            let planned = try await folder.tidemark("rename-source", "sky", "heaven")
            #expect(
                planned.code == 0 && planned.output.contains("rename  sky to heaven"), "\(planned)")
            #expect(folder.rows("windows/2026.csv") == old)
            let done = try await folder.tidemark("rename-source", "sky", "heaven", "--apply")
            #expect(done.code == 0, "\(done.errors)")
            #expect(
                folder.rows("windows/2026.csv")
                    == old.map { $0.replacingOccurrences(of: ",sky,", with: ",heaven,") })
            #expect(try await folder.tidemark("verify").code == 0)
            let next = try await folder.tidemark("publish", "--publish.directory", "\(path)/www")
            #expect(next.code == 0, "\(next.errors)")
            #expect(!text("\(path)/www/data/windows/2026.csv").contains(",sky,"))
        }
    }

    @Test(
        "and where that is broken off, the next publish does its rest, and brings the bucket in step",
        .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
    func brokenOff() async throws {
        try await withTemporaryFolder { path in
            try await withS3Peer { peer in
                var folder = try OperatorFolder(path)
                folder.publish(to: peer)
                #expect(try await folder.tidemark("publish").code == 0)
                let old = folder.rows("windows/2026.csv")
                try write(
                    folder.text("tidemark.yaml").replacingOccurrences(
                        of: "  sky:", with: "  heaven:"), to: "\(path)/tidemark.yaml")
                // As a kill leaves it that comes when the lists of hashtags are done.
                try write("sky\nheaven\n", to: "\(path)/archive/.renaming")
                let day = try #require(
                    FileManager.default.contentsOfDirectory(atPath: "\(path)/archive/top/2026")
                        .max()
                )
                try write(
                    folder.text("archive/top/2026/\(day)").replacingOccurrences(
                        of: ",sky,", with: ",heaven,"), to: "\(path)/archive/top/2026/\(day)")
                let run = try await folder.tidemark("publish")
                #expect(
                    run.code == 0 && run.errors.contains("sky to heaven had been broken off"),
                    "\(run.errors)")
                #expect(
                    folder.rows("windows/2026.csv")
                        == old.map { $0.replacingOccurrences(of: ",sky,", with: ",heaven,") })
                #expect(try await folder.tidemark("verify").code == 0)
                let bucket = try await BucketState(peer)
                #expect(bucket.objects["sources/heaven/index.html"] != nil)
                #expect(bucket.objects.keys.filter { $0.hasPrefix("sources/sky/") } == [])
                for (key, bytes) in bucket.contents where key.hasPrefix("data/windows/") {
                    #expect(!String(decoding: bytes, as: UTF8.self).contains(",sky,"))
                }
                let again = try await folder.tidemark("publish")
                #expect(again == ProgramRun(code: 0, output: "", errors: ""))
                #expect(try await BucketState(peer).changes(since: bucket) == [])
            }
        }
    }
}
