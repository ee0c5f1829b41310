/// What a pull did.
public struct PullReport: Hashable, Sendable {
    /// Whether nothing of an archive is published there.
    public var isEmpty = false
    public var fetchedCount = 0
    public var byteCount = 0
    /// Files that were here as they are there.
    public var unchangedCount = 0
    /// Fetched files that a publish was about to change when it died, so that no digest is known.
    public var unverified: [String] = []
}

extension PullReport: CustomStringConvertible {
    public var description: String {
        "\(fetchedCount) files fetched (\(byteCount) bytes), \(unchangedCount) were here"
    }
}
