/// What of a publish is done.
public struct SyncChoice: Hashable, Sendable {
    /// The most files that one run may delete.
    public var maxDeletes: Int
    /// Whether the manifest is checked by a listing of the bucket.
    public var verifiesRemote: Bool
    /// Whether what no publish put under the prefix is deleted too.
    public var prunes: Bool
    /// Whether files are uploaded that are there as they should be.
    public var isForced: Bool
    /// If not empty, the only files that are uploaded; then nothing is deleted.
    public var only: [PathPattern]

    public init(
        maxDeletes: Int = 256, verifiesRemote: Bool = false, prunes: Bool = false,
        isForced: Bool = false, only: [PathPattern] = []
    ) {
        self.maxDeletes = maxDeletes
        self.verifiesRemote = verifiesRemote
        self.prunes = prunes
        self.isForced = isForced
        self.only = only
    }
}
