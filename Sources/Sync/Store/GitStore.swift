import AWS
import Synchronization
import Tasks

/// A branch of a git repository in the place of a bucket.
///
/// All of a publish is one push: the branch has the old site or the new one, and nothing between
/// them. It holds one commit, as the past of the site is in its archive. Texts are stored as they
/// are; what the host says of them is its own affair.
final class GitStore: Store {
    private struct State {
        /// The commit that the branch was last seen at; nil if there is no branch.
        var tip: String?
        var uploads: [LocalFile] = []
        var deletes: [SitePath] = []
        var requestCount = 0
    }

    private let branch: GitBranch
    private let repository: GitRepository
    /// How a push waits for another that has the branch.
    private let retry: Retry
    private let state = Mutex(State())

    /// - Parameters:
    ///   - folder: where the repository stays for the next run; nil for nowhere.
    ///   - retry: how another push is waited for. More than six attempts are not made: who holds the branch so long has died.
    init(branch: GitBranch, folder: String?, retry: Retry = Retry()) {
        self.branch = branch
        repository = GitRepository(folder: folder)
        var retry = retry
        retry.attempts = min(retry.attempts ?? 6, 6)
        self.retry = retry
    }

    let notes: [String] = []
    let isAllOrNothing = true
    var requestCount: Int { state.withLock { $0.requestCount } }

    func manifest() async throws(SyncError) -> StoredManifest? {
        try await repository.open()
        let tip = try await tipThere()
        if let tip { try await fetch(tip) }
        state.withLock { $0.tip = tip }
        guard let tip, let bytes = try await bytes(at: SitePath.manifest) else { return nil }
        return StoredManifest(
            manifest: try ManifestFile.decode(bytes).manifest(over: nil), tag: tip)
    }

    /// The mark of a run is not written: nobody sees any of it before the push, which is refused if
    /// the branch has moved.
    func save(_ manifest: Manifest, over tag: String?) async throws(SyncError) -> String {
        guard manifest.run == nil else { return tag ?? "" }
        let (tip, uploads, deletes) = state.withLock { ($0.tip, $0.uploads, $0.deletes) }
        _ = try await repository.run(["read-tree", tip ?? "--empty"])
        var index = deletes.map { "0 \(Self.nothing)\t\($0)\0" }
        let ids = try await text(
            "hash-object", "-w", "--no-filters", "--stdin-paths",
            input: Array(uploads.map { $0.localPath + "\n" }.joined().utf8)
        ).split(separator: "\n")
        index += zip(ids, uploads).map { "100644 \($0)\t\($1.path)\0" }
        for (name, bytes) in [
            (SitePath.manifest, ManifestFile.encode(ManifestLayer(manifest))),
            // Without it GitHub leaves out what begins with ~ or a dot.
            (Self.plainMark, []),
        ] {
            let id = try await text("hash-object", "-w", "--stdin", input: bytes)
            index.append("100644 \(id)\t\(name)\0")
        }
        _ = try await repository.run(
            ["update-index", "-z", "--index-info"], input: Array(index.joined().utf8))
        let tree = try await text("write-tree")
        let commit = try await text("commit-tree", tree, "-m", "Publish")
        try await push(commit, over: tip)
        state.withLock {
            $0.tip = commit
            $0.uploads = []
            $0.deletes = []
        }
        _ = try await repository.run(["gc", "--auto", "--quiet"])
        return commit
    }

    func listing() async throws(SyncError) -> Listing {
        guard let tip = state.withLock({ $0.tip }) else { return Listing() }
        var listing = Listing()
        // <mode> blob <id> <length> TAB <path>
        for line in try await text("ls-tree", "-r", "-z", "--long", tip).split(separator: "\0") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            let columns = parts[0].split(separator: " ")
            guard parts.count == 2, columns.count == 4, columns[1] == "blob",
                parts[1] != Self.plainMark
            else { continue }
            let name = String(parts[1])
            guard let path = SitePath(name), !name.contains("\u{FFFD}") else {
                if !SitePath.isReserved(name) { listing.strays.append(name) }
                continue
            }
            // Git knows contents by names of its own: what is uploaded again costs nothing.
            listing.objects[path] = StoredObject(byteCount: Int(columns[3]) ?? 0, etag: "")
        }
        return listing
    }

    func headers(of path: SitePath) -> ObjectHeaders? { ObjectHeaders(path: path) }

    func bytes(of path: SitePath) async throws(SyncError) -> [UInt8]? {
        try await bytes(at: path.text)
    }

    func upload(_ file: LocalFile) throws(SyncError) -> Upload {
        // The bytes are taken later, all together; now they are still what the plan means.
        let byteCount = try file.contents().count
        state.withLock { $0.uploads.append(file) }
        return Upload(byteCount: byteCount)
    }

    func delete(_ paths: [SitePath]) -> [SitePath: SyncError] {
        state.withLock { $0.deletes += paths }
        return [:]
    }

    /// A branch that hosts read is open to everybody; doctor says so.
    func obstacleToWithholding() -> String? { "" }

    private static let plainMark = ".nojekyll"
    private static let nothing = String(repeating: "0", count: 40)
    /// Where the branch is kept here.
    private static let copy = "refs/tidemark/there"

    /// The commit at the branch's end in the repository it is published to; nil if there is no branch.
    private func tipThere() async throws(SyncError) -> String? {
        state.withLock { $0.requestCount += 1 }
        return try await repository.tip(of: branch)
    }

    private func fetch(_ tip: String) async throws(SyncError) {
        if let here = try? await text("rev-parse", "--verify", "--quiet", Self.copy), here == tip {
            return
        }
        state.withLock { $0.requestCount += 1 }
        _ = try await repository.run([
            "fetch", "--quiet", "--no-tags", "--depth", "1", "--", branch.repository,
            "+\(branch.reference):\(Self.copy)",
        ])
    }

    /// Waits while another push has the branch, such as one that a killed run has left.
    private func push(_ commit: String, over tip: String?) async throws(SyncError) {
        var attempts = retry.begin()
        while let refusal = await refusal(of: commit, over: tip) {
            // The answer of a push that was done may have been lost.
            let there: String?
            do throws(SyncError) { there = try await tipThere() } catch { throw refusal }
            if there == commit { break }
            guard there == tip else { throw .overtaken }
            guard refusal.isOfHeldBranch, (try? await attempts.pause()) == true else {
                throw refusal
            }
        }
        _ = try await repository.run(["update-ref", Self.copy, commit])
    }

    /// Pushes; nil if that is done.
    private func refusal(of commit: String, over tip: String?) async -> SyncError? {
        state.withLock { $0.requestCount += 1 }
        do throws(SyncError) {
            _ = try await repository.run([
                "push", "--quiet", "--force-with-lease=\(branch.reference):\(tip ?? "")", "--",
                branch.repository, "\(commit):\(branch.reference)",
            ])
            return nil
        } catch {
            return error
        }
    }

    private func bytes(at path: String) async throws(SyncError) -> [UInt8]? {
        guard let tip = state.withLock({ $0.tip }),
            try await !text("ls-tree", "--full-tree", "--name-only", tip, path).isEmpty
        else { return nil }
        return try await repository.run(["cat-file", "blob", "\(tip):\(path)"])
    }

    /// What a command writes, without the end of its last line.
    private func text(
        _ arguments: String..., input: [UInt8] = []
    ) async throws(SyncError) -> String {
        var bytes = try await repository.run(arguments, input: input)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension SyncError {
    /// Whether git says that the file is there by which another git keeps the branch for itself.
    fileprivate var isOfHeldBranch: Bool {
        guard case .git(_, let reason, _) = self else { return false }
        return reason.contains(".lock': File exists")
    }
}
