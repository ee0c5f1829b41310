import Text

/// The SHA-1 of some bytes (FIPS 180-4), by which the AWS tools name the files of their sign-ins. It
/// protects nothing.
public struct SHA1: Hashable, Sendable {
    /// 40 digits in lower case.
    public let hex: String

    /// Nil where OpenSSL was built or set up without it.
    public init?(of bytes: some Collection<UInt8>) {
        var digest = [UInt8](repeating: 0, count: 20)
        let isDone = digest.withUnsafeMutableBytes { HashAlgorithm.sha1.hash(bytes, to: $0) }
        guard isDone else { return nil }
        hex = Hex.text(digest)
    }
}
