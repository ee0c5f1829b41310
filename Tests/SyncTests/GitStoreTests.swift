import AWS
import Foundation
import Support
import Synchronization
import Tasks
import Testing

@testable import Sync

private let git = ["/usr/bin/git", "/usr/local/bin/git"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

/// A branch of a git repository in the place of a bucket. The repository is a folder, asked by the
/// same `git` that asks a server.
@Suite(.enabled(if: git != nil, "git is not installed")) struct GitStoreTests {
    @Test func `a git that says nothing is told of by how it ended`() async throws {
        let repository = GitRepository(folder: nil)
        try await repository.open()
        let none = String(repeating: "1", count: 40)
        let error = await #expect(throws: SyncError.self) {
            try await repository.run(["cat-file", "-e", none])
        }
        #expect(error?.description == "git cat-file: it ended with code 1 and said nothing")
        // Of what is said without end, the beginning and the end are read.
        for (said, words) in [
            ("yes | head -c 200000", "y"),
            ("yes | head -c 200000; echo fatal: the last of it", "the last of it"),
            ("echo fatal: the first of it; yes | head -c 200000", "the first of it"),
        ] {
            let loud = await #expect(throws: SyncError.self) {
                try await repository.run(["-c", "alias.a=!{ \(said); } >&2; exit 3", "a"])
            }
            #expect(loud?.description == "git -c: \(words)")
        }
    }

    /// A repository that a host reads, a site, and what a machine keeps of it.
    private struct Host {
        let path: String
        let site: Site
        let state: String

        init(in folder: String) async throws {
            path = folder + "/host.git"
            state = folder + "/.public.sync"
            site = try Site(Site.sample, in: folder)
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
            _ = try await git("init", "--quiet", "--bare")
        }

        @discardableResult
        func git(_ arguments: String...) async throws -> String {
            let run = try await ProgramRun.program(
                SyncTests.git ?? "", arguments, in: path,
                environment: [
                    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "A",
                    "GIT_COMMITTER_EMAIL": "a@b",
                ])
            #expect(run.code == 0, "\(arguments): \(run.errors)")
            return run.output
        }

        var branch: GitBranch { GitBranch(repository: path, name: "pages") }

        func publish(
            _ choice: SyncChoice = SyncChoice(), isDryRun: Bool = false
        ) async throws -> Report {
            try await SyncRun(
                SyncSettings(
                    folder: site.folder, destination: .branch(branch), choice: choice,
                    stateFolder: state),
                credentials: CredentialChain([]), isDryRun: isDryRun
            ).run()
        }

        /// What the branch shows, without what is ours.
        func contents() async throws -> [String: String] {
            var contents: [String: String] = [:]
            for path in try await git("ls-tree", "-r", "-z", "--name-only", "pages")
                .split(separator: "\0").map(String.init) where !path.hasPrefix(".")
            {
                contents[path] = try await git("cat-file", "blob", "pages:\(path)")
            }
            return contents
        }

        func commits() async throws -> Int {
            Int(try await git("rev-list", "--count", "pages").dropLast()) ?? 0
        }
    }

    @Test func `A site is one commit of the branch; then only what changed is sent`() async throws {
        try await withTemporaryFolder { folder in
            let host = try await Host(in: folder)
            #expect(try await !host.branch.isThere())
            let first = try await host.publish()
            #expect(first.outcome == .done && first.uploadCount == Site.sample.count)
            #expect(try await host.contents() == Site.sample)
            #expect(try await host.commits() == 1)
            #expect(try await host.git("ls-tree", "--name-only", "pages", ".nojekyll") != "")
            let tip = try await host.git("rev-parse", "pages")
            let idle = try await host.publish()
            #expect(idle.outcome == .nothingToDo && idle.requestCount == 1)
            #expect(try await host.git("rev-parse", "pages") == tip)

            host.site["index.html"] = "later"
            try host.site.remove("tags/100%/index.html")
            try host.site.finish()
            let planned = try await host.publish(isDryRun: true)
            #expect(planned.plan.actions.count == 2)
            #expect(try await host.git("rev-parse", "pages") == tip)
            let second = try await host.publish()
            #expect(second.uploadCount == 1 && second.deleteCount == 1)
            #expect(second.requestCount == 2)
            var expected = Site.sample
            expected["index.html"] = "later"
            expected["tags/100%/index.html"] = nil
            #expect(try await host.contents() == expected)
            #expect(try await host.commits() == 1)
        }
    }

    @Test func `What others put into the branch stays, unless it is to be pruned`() async throws {
        try await withTemporaryFolder { folder in
            let host = try await Host(in: folder)
            try write("trends.example\n", to: host.path + "/CNAME.txt")
            let blob = try await host.git("hash-object", "-w", "CNAME.txt").dropLast()
            try await host.git("update-index", "--add", "--cacheinfo", "100644,\(blob),CNAME")
            let tree = try await host.git("write-tree").dropLast()
            let commit = try await host.git("commit-tree", "\(tree)", "-m", "mine").dropLast()
            try await host.git("update-ref", "refs/heads/pages", "\(commit)")

            _ = try await host.publish()
            #expect(
                try await host.contents()
                    == Site.sample.merging(["CNAME": "trends.example\n"]) { $1 })
            _ = try await host.publish(SyncChoice(prunes: true))
            #expect(try await host.contents() == Site.sample)
        }
    }

    @Test func `A machine that knows nothing goes on from the branch, and pulls the archive`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let host = try await Host(in: folder)
            _ = try await host.publish()
            try FileManager.default.removeItem(atPath: host.state)
            host.site["index.html"] = "from elsewhere"
            let report = try await host.publish()
            #expect(report.plan.actions.map(\.path.text) == ["index.html"])
            #expect(try await host.contents()["index.html"] == "from elsewhere")

            let pull = try Pull(
                from: .branch(host.branch), credentials: CredentialChain([]),
                into: folder + "/archive")
            let count = Site.sample.keys.count {
                $0.hasPrefix("data/") && $0.hasSuffix(".csv")
            }
            #expect(try await pull.run().fetchedCount == count)
        }
    }

    @Test func `A branch that moved meanwhile is not overwritten`() async throws {
        try await withTemporaryFolder { folder in
            let host = try await Host(in: folder)
            let (one, other) = (
                GitStore(branch: host.branch, folder: nil),
                GitStore(branch: host.branch, folder: nil)
            )
            for store in [one, other] { #expect(try await store.manifest()?.tag == nil) }
            let tag = try await one.save(Manifest(), over: nil)
            let path = try #require(SitePath("a"))
            let entry = Manifest.Entry(
                content: .unknown, byteCount: 1, headers: ObjectHeaders(path: path))
            await #expect(throws: SyncError.overtaken) {
                try await other.save(Manifest(entries: [path: entry]), over: nil)
            }
            #expect(try await other.manifest()?.tag == tag)
        }
    }

    @Test func `The archive of the branch never shrinks, manifest or not`() async throws {
        try await withTemporaryFolder { folder in
            let host = try await Host(in: folder)
            let header = "slot,source\n"
            host.site["data/windows/2026.csv"] = header + "a,b\nc,d\n"
            try host.site.finish()
            _ = try await host.publish()
            host.site["data/windows/2026.csv"] = header + "a,b\n"
            await #expect(throws: SyncError.self) { try await host.publish() }
            #expect(
                try await host.contents()["data/windows/2026.csv"] == header + "a,b\nc,d\n")
        }
    }

    @Test func `A push that is refused has changed nothing, and the next one does all of it`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let host = try await Host(in: folder)
            let rule = host.path + "/hooks/pre-receive"
            try write("#!/bin/sh\necho no cats on Sundays >&2\nexit 1\n", to: rule)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: rule)
            let error = await #expect(throws: SyncError.self) { try await host.publish() }
            #expect(error?.description.contains("no cats on Sundays") == true)
            try FileManager.default.removeItem(atPath: rule)
            #expect(try await host.publish().uploadCount == Site.sample.count)
        }
    }

    @Test func `A repository that is not there is a sentence of git's`() async throws {
        try await withTemporaryFolder { folder in
            for repository in [folder + "/nowhere", "--upload-pack=/bin/true", "ext::true"] {
                let branch = GitBranch(repository: repository, name: "pages")
                let error = await #expect(throws: SyncError.self) { try await branch.isThere() }
                #expect(error?.description.hasPrefix("git ls-remote: ") == true)
                #expect(error?.isRefusal == false)
            }
            let host = try await Host(in: folder)
            let store = GitStore(
                branch: GitBranch(repository: host.path, name: "a:b"), folder: nil)
            _ = try await store.manifest()
            await #expect(throws: SyncError.self) { try await store.save(Manifest(), over: nil) }
        }
    }

    @Test func `Another push is waited for, and one that never ends is a sentence`() async throws {
        try await withTemporaryFolder { folder in
            let host = try await Host(in: folder)
            let lock = host.path + "/refs/heads/pages.lock"
            try write("", to: lock)
            let waits = Mutex(0)
            func store(endingAfter last: Int) -> GitStore {
                let retry = Retry(sleep: { _ in
                    let count = waits.withLock { waits in
                        waits += 1
                        return waits
                    }
                    if count == last { try FileManager.default.removeItem(atPath: lock) }
                })
                return GitStore(branch: host.branch, folder: nil, retry: retry)
            }
            let store = store(endingAfter: 3)
            #expect(try await store.manifest() == nil)
            let tag = try await store.save(Manifest(), over: nil)
            #expect(waits.withLock { $0 } == 3)
            #expect(try await host.git("rev-parse", "pages") == tag + "\n")

            try write("", to: lock)
            let entry = Manifest.Entry(
                content: .unknown, byteCount: 1,
                headers: ObjectHeaders(path: try #require(SitePath("a"))))
            let error = await #expect(throws: SyncError.self) {
                try await store.save(
                    Manifest(entries: [try #require(SitePath("a")): entry]), over: tag)
            }
            #expect(error?.description.contains("remove that file where the repository is") == true)
            #expect(waits.withLock { $0 } == 3 + 5)
        }
    }

    @Test func `locks that a killed git has left are in nobody's way`() async throws {
        try await withTemporaryFolder { folder in
            let host = try await Host(in: folder)
            _ = try await host.publish()
            let locks = ["index.lock", "HEAD.lock", "refs/heads/pages.lock"]
            for lock in locks { try write("", to: "\(host.state)/git/\(lock)") }
            host.site["index.html"] = "<p>2"
            try host.site.finish()
            let report = try await host.publish()
            #expect(report.outcome == .done)
            #expect(try await host.contents()["index.html"] == "<p>2")
        }
    }

    @Test func `git that reads none of its input fails, and nothing else does`() async throws {
        let repository = GitRepository(folder: nil)
        try await repository.open()
        for _ in 0..<40 {
            await #expect(throws: SyncError.self) {
                try await repository.run(
                    ["hash-object", "--no-such-option"], input: Array(repeating: 10, count: 200_000)
                )
            }
        }
    }
}
