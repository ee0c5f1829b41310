import Text

/// The MD5 of some bytes (RFC 1321), by which S3 tells what was damaged on the way.
public struct MD5: Hashable, Sendable {
    private var value = SIMD16<UInt8>()

    /// Nil under FIPS rules, which have no MD5.
    public init?(of bytes: some Collection<UInt8>) {
        let isDone = withUnsafeMutableBytes(of: &value) { HashAlgorithm.md5.hash(bytes, to: $0) }
        guard isDone else { return nil }
    }

    /// Of bytes that come in pieces: `feed` hands over each.
    public init?<Failure: Error>(
        _ feed: ((UnsafeRawBufferPointer) -> Void) throws(Failure) -> Void
    ) throws(Failure) {
        let isDone = try withUnsafeMutableBytes(of: &value) { digest throws(Failure) in
            try HashAlgorithm.md5.hash(to: digest, feed)
        }
        guard isDone else { return nil }
    }

    /// 16 of them.
    public var bytes: [UInt8] { value.indices.map { value[$0] } }

    /// As an ETag has it.
    public var hex: String { Hex.text(bytes) }

    /// As `Content-MD5` has it.
    public var base64: String { bytes.base64 }
}
