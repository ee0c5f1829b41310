/// A branch of a git repository whose files a host of static pages shows.
public struct GitBranch: Hashable, Sendable {
    /// As `git push` takes it: an address, `user@host:path`, or a folder.
    public var repository: String
    public var name: String

    public init(repository: String, name: String) {
        self.repository = repository
        self.name = name
    }

    /// Whether there is such a branch; throws `git` if the repository does not answer.
    public func isThere() async throws(SyncError) -> Bool {
        let repository = GitRepository(folder: nil)
        try await repository.open()
        return try await repository.tip(of: self) != nil
    }

    var reference: String { "refs/heads/\(name)" }
}
