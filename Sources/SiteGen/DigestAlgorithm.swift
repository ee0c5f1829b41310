/// The digests a site needs: SHA-256 for names, SHA-384 for subresource integrity.
public enum DigestAlgorithm: Sendable {
    case sha256
    case sha384
}

/// Computes the digest of some bytes: 32 bytes for SHA-256, 48 for SHA-384.
public typealias DigestFunction = @Sendable ([UInt8], DigestAlgorithm) -> [UInt8]
