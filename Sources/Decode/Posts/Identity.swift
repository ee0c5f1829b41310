/// Hashes ids of posts and accounts with a salt of its own, so that none leaves the process and none
/// can be recognised in another window.
///
/// 64 bits: two of fifty million ids share one with a chance of 1 in 15,000.
public struct Identity: Sendable {
    private let salt: (UInt64, UInt64)

    /// Hashes like no other identity.
    public init() { salt = SaltedHash.newSalt() }

    /// Hashes like every identity of this salt, on any machine.
    public init(salt: UInt64) { self.salt = (salt, ~salt) }

    /// The same, of a salt of 128 bits.
    public init(salt: (UInt64, UInt64)) { self.salt = salt }

    func callAsFunction(_ id: JSONText) -> UInt64 {
        SaltedHash(salt: salt).finish(UnsafeRawBufferPointer(id.bytes))
    }

    /// The same hash as for a text of these bytes.
    func callAsFunction(_ id: String) -> UInt64 {
        var id = id
        return id.withUTF8 { bytes in JSONText(bytes).map { self($0) } ?? 0 }
    }

    /// The hash of an id that is unique within an account, which is a hash already.
    func callAsFunction(within account: UInt64, _ id: JSONText) -> UInt64 {
        var hash = SaltedHash(salt: salt)
        hash.combine(account)
        return hash.finish(UnsafeRawBufferPointer(id.bytes))
    }

    /// The hash of a number that a platform gives as an id.
    public func callAsFunction(number: UInt64) -> UInt64 {
        var hash = SaltedHash(salt: salt)
        hash.combine(number)
        return hash.finish(UnsafeRawBufferPointer(start: nil, count: 0))
    }
}
