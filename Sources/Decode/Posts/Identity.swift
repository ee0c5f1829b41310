/// Hashes ids of posts and accounts with a salt of its own, so that none leaves the process and none
/// can be recognised in another window.
///
/// 64 bits: two of fifty million ids share one with a chance of 1 in 15,000. Where that is not enough, `IDTails` has 64
/// bits more.
public struct Identity: Sendable {
    private let salt: (UInt64, UInt64)
    /// Looked at only while a recording is read, by whoever reads it and holds it.
    private nonisolated(unsafe) let tails: Unmanaged<IDTails>?

    /// Hashes like no other identity.
    public init() { self.init(salt: SaltedHash.newSalt()) }

    /// Hashes like every identity of this salt, on any machine.
    public init(salt: UInt64) { self.init(salt: (salt, ~salt)) }

    /// The same, of a salt of 128 bits.
    ///
    /// - Parameter tails: is told of each id; must live as long as the identity is used, and by one thread.
    public init(salt: (UInt64, UInt64), tails: IDTails? = nil) {
        self.salt = salt
        self.tails = tails.map(Unmanaged.passUnretained)
    }

    func callAsFunction(_ id: JSONText) -> UInt64 {
        hash { $0.finish(UnsafeRawBufferPointer(id.bytes)) }
    }

    /// The same hash as for a text of these bytes.
    func callAsFunction(_ id: String) -> UInt64 {
        var id = id
        return id.withUTF8 { bytes in JSONText(bytes).map { self($0) } ?? 0 }
    }

    /// The hash of an id that is unique within an account, which is a hash already.
    func callAsFunction(within account: UInt64, _ id: JSONText) -> UInt64 {
        let whole = tails?._withUnsafeGuaranteedRef { $0.tail(of: account) }
        return hash { hash in
            var hash = hash
            hash.combine(account)
            if let whole { hash.combine(whole) }
            return hash.finish(UnsafeRawBufferPointer(id.bytes))
        }
    }

    /// The hash of a number that a platform gives as an id.
    public func callAsFunction(number: UInt64) -> UInt64 {
        hash { hash in
            var hash = hash
            hash.combine(number)
            return hash.finish(UnsafeRawBufferPointer(start: nil, count: 0))
        }
    }

    /// The hash of both halves of an id.
    public func callAsFunction(head: UInt64, tail: UInt64) -> UInt64 {
        hash { hash in
            var hash = hash
            hash.combine(head)
            hash.combine(tail)
            return hash.finish(UnsafeRawBufferPointer(start: nil, count: 0))
        }
    }

    @inline(__always)
    private func hash(_ finish: (SaltedHash) -> UInt64) -> UInt64 {
        let head = finish(SaltedHash(salt: salt))
        if let tails { tails._withUnsafeGuaranteedRef { $0.note(head, finish) } }
        return head
    }
}
