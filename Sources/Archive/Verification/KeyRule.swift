/// What a hashtag's key is, told by who makes the keys: the archive itself has no rule of it.
public struct KeyRule: Sendable {
    /// Whether a text can be a key.
    public var isKey: @Sendable (String) -> Bool
    /// The key that a spelling folds to; nil if it is no hashtag that counts.
    public var key: @Sendable (_ spelling: String) -> String?

    public init(
        isKey: @escaping @Sendable (String) -> Bool,
        key: @escaping @Sendable (_ spelling: String) -> String?
    ) {
        self.isKey = isKey
        self.key = key
    }
}
