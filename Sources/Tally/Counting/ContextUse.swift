import Decode

/// What a `TagUse` of the pass over context counts, as its key: which listed hashtag, and what was written or given
/// with it.
enum ContextUse {
    /// Another key.
    case related(UnsafeRawBufferPointer)
    case link(address: UnsafeRawBufferPointer)
    case title(UnsafeRawBufferPointer, address: UnsafeRawBufferPointer)

    private enum Kind {
        static let (related, link, title): (UInt8, UInt8, UInt8) = (0, 1, 2)
    }

    /// Appends it as the key of a use, with the number of the listed hashtag.
    func write(with listed: Int, to bytes: inout [UInt8]) {
        switch self {
        case .related(let key): append(Kind.related, listed, [key], to: &bytes)
        case .link(let address): append(Kind.link, listed, [address], to: &bytes)
        case .title(let title, let address):
            append(Kind.title, listed, [address, title], to: &bytes)
        }
    }

    /// The partition of its uses: that of the address for a title too, so that both are counted together.
    func partition(with listed: Int, salt: (UInt64, UInt64)) -> Int {
        var hash = SaltedHash(salt: salt)
        switch self {
        case .related(let key):
            hash.combine(UInt64(listed) << 1)
            return SpillLog.partition(of: hash.finish(key))
        case .link(let address), .title(_, let address):
            hash.combine(UInt64(listed) << 1 | 1)
            return SpillLog.partition(of: hash.finish(address))
        }
    }

    /// Reads what `write` wrote; borrowed from the bytes.
    static func read(_ bytes: UnsafeRawBufferPointer) -> (use: ContextUse, listed: Int) {
        var reader = RawReader(bytes)
        let kind: UInt8 = reader.number()
        let listed = Int(reader.number(as: UInt32.self))
        let first = reader.counted()
        switch kind {
        case Kind.related: return (.related(first), listed)
        case Kind.link: return (.link(address: first), listed)
        default: return (.title(reader.counted(), address: first), listed)
        }
    }

    private func append(
        _ kind: UInt8, _ listed: Int, _ texts: [UnsafeRawBufferPointer], to bytes: inout [UInt8]
    ) {
        bytes.append(number: kind)
        bytes.append(number: UInt32(listed))
        for text in texts { bytes.append(counted: text) }
    }
}
