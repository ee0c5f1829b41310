/// The second halves of ids that are hashed to 128 bits, by their first halves.
///
/// An event's ids have 64 bits, as all but the largest slots need no more; who needs more asks here for the rest of
/// each event before ten thousands of others are read. It belongs to one reading and its thread.
public final class IDTails {
    private let salt: (UInt64, UInt64)
    /// Those of the records at hand, and of those before.
    private var young: [UInt64: UInt64] = [:]
    private var old: [UInt64: UInt64] = [:]

    /// More ids than one record has before it is an event.
    private static let capacity = 1 << 16

    /// - Parameter salt: another than that of the first halves.
    public init(salt: (UInt64, UInt64)) { self.salt = salt }

    /// Takes note of what has this first half; `finish` hashes it.
    func note(_ head: UInt64, _ finish: (SaltedHash) -> UInt64) {
        young[head] = finish(SaltedHash(salt: salt))
    }

    /// 0 for what has none.
    func tail(of head: UInt64) -> UInt64 { young[head] ?? old[head] ?? 0 }

    /// Of the ids of an event that was just read.
    public func tails(of event: borrowing StreamEvent) -> EventTails {
        if young.count > Self.capacity {
            swap(&young, &old)
            young.removeAll(keepingCapacity: true)
        }
        switch event {
        case .post(let post):
            return EventTails(
                post: tail(of: post.id), author: post.author.map { tail(of: $0) } ?? 0)
        case .deletion(let post, _, _): return EventTails(post: tail(of: post), author: 0)
        case .accountRemoval(let author, _):
            return EventTails(post: 0, author: tail(of: author))
        case .notice, .invalid: return EventTails(post: 0, author: 0)
        }
    }
}

/// The second halves of an event's ids; 0 for an id that it has not.
public struct EventTails: Hashable, Sendable, BitwiseCopyable {
    public var post: UInt64
    public var author: UInt64

    public init(post: UInt64, author: UInt64) { (self.post, self.author) = (post, author) }
}
