import Calendar
import Decode
import Digest
import Hashtags

/// What all who make parts know, and nobody else: the salts of their hashes follow from it.
///
/// Ids are hashed twice, as a record's slot is known only once it is read: by a salt of the secret's, and that hash by
/// one of the slot and source, HMAC-SHA-256(secret, slot, source). So nobody can tell from the parts of two slots
/// whether they hold the same people, nor without the secret who they are.
public struct PartSecret: Sendable {
    private let key: [UInt8]

    /// Fewer bytes could be guessed.
    public static let shortest = 16

    /// Nil if it is too short.
    public init?(_ key: [UInt8]) {
        guard key.count >= Self.shortest else { return nil }
        self.key = key
    }

    /// Sixteen digits that tell one secret from another, and nothing else of it.
    public var fingerprint: String { String(digest("fingerprint").hex.prefix(16)) }

    /// Hashes ids before their slot is known.
    ///
    /// - Parameter tails: gets the second halves; nil for ids of 64 bits.
    public func identity(_ tails: IDTails? = nil) -> Identity {
        Identity(salt: salt("ids"), tails: tails)
    }

    /// What the second halves of ids of 128 bits are hashed by.
    public var tails: IDTails { IDTails(salt: salt("tails")) }

    /// Hashes those hashes for one slot of one source.
    public func seal(slot: Slot, source: String, name: String, format: PostFormat) -> PartSeal {
        let place = "\(slot.start)\n\(slot.hours)\n\(source)"
        return PartSeal(
            identity: identity("slot\n\(place)"),
            lines: format == .text ? identity("lines\n\(place)\n\(name)") : nil,
            tails: identity("slot tails\n\(place)"),
            lineTails: identity("line tails\n\(place)\n\(name)"))
    }

    private func digest(_ message: String) -> SHA256 {
        SHA256(authenticating: Array(message.utf8), key: key)
    }

    private func identity(_ message: String) -> Identity { Identity(salt: salt(message)) }

    private func salt(_ message: String) -> (UInt64, UInt64) {
        digest(message).bytes.withUnsafeBytes { bytes in
            (
                UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}

/// Makes the hashes of a slot's part of what `PartSecret.identity` has hashed.
public struct PartSeal: Sendable {
    fileprivate let identity: Identity
    /// Of posts that have no id but their line's number in the split.
    fileprivate let lines: Identity?
    /// Of the second halves.
    fileprivate let tails: Identity
    fileprivate let lineTails: Identity

    /// The event as it is kept; `number` is its record's place in the split.
    public func seal(_ event: consuming StreamEvent, number: Int) -> StreamEvent {
        switch consume event {
        case .post(var post):
            post.id = lines?(number: UInt64(number)) ?? identity(number: post.id)
            post.author = post.author.map { identity(number: $0) }
            if post.revision == nil, post.version != 0 {
                post.version = identity(number: post.version)
            }
            return .post(post)
        case .deletion(let post, let revision, let time):
            return .deletion(post: identity(number: post), revision: revision, time: time)
        case .accountRemoval(let author, let time):
            return .accountRemoval(author: identity(number: author), time: time)
        case .notice: return .notice
        case .invalid: return .invalid
        }
    }

    /// The same of ids of 128 bits, each half of both halves.
    public func seal(
        _ event: consuming StreamEvent, _ halves: EventTails, number: Int
    ) -> (StreamEvent, EventTails) {
        func head(_ half: UInt64, _ tail: UInt64) -> UInt64 { identity(head: half, tail: tail) }
        func tail(_ half: UInt64, _ tail: UInt64) -> UInt64 { tails(head: half, tail: tail) }
        var sealed = EventTails(post: 0, author: 0)
        switch consume event {
        case .post(var post):
            sealed.post =
                lines == nil ? tail(post.id, halves.post) : lineTails(number: UInt64(number))
            sealed.author = post.author.map { tail($0, halves.author) } ?? 0
            post.id = lines?(number: UInt64(number)) ?? head(post.id, halves.post)
            post.author = post.author.map { head($0, halves.author) }
            if post.revision == nil, post.version != 0 {
                post.version = identity(number: post.version)
            }
            return (.post(post), sealed)
        case .deletion(let post, let revision, let time):
            sealed.post = tail(post, halves.post)
            return (
                .deletion(post: head(post, halves.post), revision: revision, time: time), sealed
            )
        case .accountRemoval(let author, let time):
            sealed.author = tail(author, halves.author)
            return (.accountRemoval(author: head(author, halves.author), time: time), sealed)
        case .notice: return (.notice, sealed)
        case .invalid: return (.invalid, sealed)
        }
    }
}
