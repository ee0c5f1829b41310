import Hashtags
import Synchronization
import Text

/// Remembers the keys that have passed their rule: an archive holds the same ones over and over.
final class KnownKeys: Sendable {
    private let keys = Mutex<Set<ExactText>>([])

    /// So many are remembered, and then anew.
    private static let most = 100_000

    /// Whether a text can be a key.
    func isKey(_ tag: String) -> Bool {
        // Of ASCII the rule is quickly asked.
        if tag.utf8.allSatisfy({ $0 < 0x80 }) { return Hashtag.isKey(tag) }
        let bytes = ExactText(tag)
        if keys.withLock({ $0.contains(bytes) }) { return true }
        guard Hashtag.isKey(tag) else { return false }
        keys.withLock { keys in
            if keys.count >= Self.most { keys.removeAll(keepingCapacity: true) }
            keys.insert(bytes)
        }
        return true
    }

    /// The key that a spelling folds to; nil if it is no hashtag that counts.
    func key(_ spelling: String) -> String? { try? Hashtag(delivered: spelling).key }
}
