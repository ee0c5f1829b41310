import Files
import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage
import Tasks
import Text

/// A bare repository of our own, and the `git` program on it, as whom its settings and its ssh know.
final class GitRepository: Sendable {
    private let folder: String
    private let isTemporary: Bool
    private let limit: Duration?

    /// - Parameters:
    ///   - folder: where it stays for the next run; nil for a place that goes with it.
    ///   - limit: what a command, and all that it starts, may take; they cannot ask at a terminal then. Nil for as long as
    ///     it takes.
    init(folder: String?, limit: Duration? = nil) {
        isTemporary = folder == nil
        self.limit = limit
        let name = "tidemark-git-" + String(UInt64.random(in: 0...UInt64.max), radix: 16)
        self.folder = folder ?? FileManager.default.temporaryDirectory.path + "/" + name
    }

    deinit {
        if isTemporary { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// Makes it unless it is there.
    func open() async throws(SyncError) {
        let isThere = try onDisk { () throws(FileError) in
            try FilePlace.kind(of: folder + "/HEAD") != nil
        }
        if isThere { return try onDisk { () throws(FileError) in try removeLocks() } }
        try onDisk { () throws(FileError) in try Folder.make(folder, isSynced: false) }
        _ = try await run(["init", "--quiet", "--bare", "--template="])
        _ = try await run(["config", "gc.autoDetach", "false"])
        _ = try await run(["config", "gc.pruneExpire", "now"])
    }

    /// A git that was killed leaves its locks, and each later one waits for someone to take them away. Nobody else
    /// works here: the run has a lock of its own.
    private func removeLocks() throws(FileError) {
        let names = try (Folder.entries(of: folder) ?? []).filter { $0.kind == .file }.map(\.name)
        let references = try Folder.files(below: folder + "/refs").map { "refs/" + $0 }
        for name in names + references where name.hasSuffix(".lock") {
            try FilePlace.remove("\(folder)/\(name)")
        }
    }

    /// What a command writes; throws `git` with what it says.
    func run(_ arguments: [String], input: [UInt8] = []) async throws(SyncError) -> [UInt8] {
        guard let limit else { return try await finish(arguments, input) }
        let end = ContinuousClock.now + limit
        let result = await cancelling(at: end) { () async -> Result<[UInt8], SyncError> in
            do throws(SyncError) {
                return .success(try await self.finish(arguments, input))
            } catch {
                return .failure(error)
            }
        }
        guard case .failure = result, ContinuousClock.now >= end else { return try result.get() }
        throw .git(
            command: arguments[0],
            reason: "nobody has answered for \(limit.components.seconds) seconds",
            advice: "try git ls-remote with the same address as this user")
    }

    private func finish(
        _ arguments: [String], _ input: [UInt8]
    ) async throws(SyncError) -> [UInt8] {
        let output: [UInt8]
        let descriptor = try onDisk { () throws(FileError) in
            let file = try ScratchFile(in: FileManager.default.temporaryDirectory.path)
            _ = try file.append(input)
            return FileDescriptor(rawValue: try file.forReading())
        }
        do {
            // A hook of the other side may say more than anybody reads.
            let said = PrintedText(limit: 64 << 10)
            let (status, bytes) = try await reading(to: said.take) { pipe in
                let result = try await Subprocess.run(
                    .name("git"), arguments: Arguments(Self.settings + arguments),
                    environment: .inherit.updating(Self.environment(in: folder)),
                    platformOptions: limit == nil ? PlatformOptions() : .ownGroup,
                    input: .fileDescriptor(descriptor, closeAfterSpawningProcess: true),
                    output: .bytes(limit: 1 << 30),
                    error: .fileDescriptor(pipe, closeAfterSpawningProcess: true))
                return (result.terminationStatus, result.standardOutput)
            }
            guard case .exited(0) = status else {
                let complaint = GitComplaint(said.text)
                throw SyncError.git(
                    command: arguments[0],
                    reason: complaint.sentence.isEmpty
                        ? "it \(status.words) and said nothing"
                        : terminalSafe(complaint.sentence),
                    advice: complaint.advice)
            }
            output = bytes
        } catch let error as SyncError {
            throw error
        } catch {
            throw .git(
                command: arguments[0], reason: "git cannot be run: \(error)",
                advice: "install git, or put it into PATH")
        }
        return output
    }

    /// All of a push to a branch but the push.
    func pretendPush(to branch: GitBranch) async throws(SyncError) {
        func line(_ arguments: String...) async throws(SyncError) -> String {
            String(decoding: try await run(arguments).dropLast(), as: UTF8.self)
        }
        _ = try await run(["read-tree", "--empty"])
        let commit = try await line("commit-tree", line("write-tree"), "-m", "Publish")
        _ = try await run([
            "push", "--dry-run", "--quiet", "--force", "--", branch.repository,
            "\(commit):\(branch.reference)",
        ])
    }

    /// The commit at the end of a branch of another repository; nil if there is no such branch.
    func tip(of branch: GitBranch) async throws(SyncError) -> String? {
        let line = try await run(["ls-remote", "--refs", "--", branch.repository, branch.reference])
        return line.split(separator: UInt8(ascii: "\t")).first.map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// A connection that has died is given up. What the user has set up for pushes of their own does not go for
    /// ours.
    private static let settings = [
        "http.lowSpeedLimit=1", "http.lowSpeedTime=60", "core.hooksPath=/dev/null",
        "push.gpgSign=false",
        "push.followTags=false",
    ].flatMap { ["-c", $0] }

    /// What of `GIT_…` says how this machine reaches others, and nothing of a repository.
    private static let kept: Set = ["GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO"]

    /// Nobody is there to answer a question, and what was set for another git does not go for ours.
    private static func environment(in folder: String) -> [Environment.Key: String?] {
        let inherited = ProcessInfo.processInfo.environment.keys
        var variables: [Environment.Key: String?] = [:]
        for name in inherited where name.hasPrefix("GIT_") && !kept.contains(name) {
            variables[.init(stringLiteral: name)] = .some(nil)
        }
        let ours: [Environment.Key: String] = [
            "GIT_DIR": folder, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
            "GIT_AUTHOR_NAME": "Tidemark", "GIT_AUTHOR_EMAIL": "tidemark@localhost",
            "GIT_COMMITTER_NAME": "Tidemark", "GIT_COMMITTER_EMAIL": "tidemark@localhost",
        ]
        for (name, value) in ours { variables[name] = value }
        if !inherited.contains("GIT_SSH_COMMAND"), !inherited.contains("GIT_SSH") {
            variables["GIT_SSH_COMMAND"] =
                "ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=20"
        }
        return variables
    }
}

/// A branch of a git repository whose files a host of static pages shows.
public struct GitBranch: Hashable, Sendable {
    /// As `git push` takes it: an address, `user@host:path`, or a folder.
    public var repository: String
    public var name: String

    public init(repository: String, name: String) {
        self.repository = repository
        self.name = name
    }

    /// Whether there is such a branch; throws `git` if the repository does not answer within a minute, or takes no push of
    /// this user. Rules for this very branch only a push meets.
    public func isThere() async throws(SyncError) -> Bool {
        let repository = GitRepository(folder: nil, limit: .seconds(60))
        try await repository.open()
        let tip = try await repository.tip(of: self)
        try await repository.pretendPush(to: self)
        return tip != nil
    }

    var reference: String { "refs/heads/\(name)" }
}
