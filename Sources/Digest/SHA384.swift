import COpenSSL

/// The SHA-384 of some bytes (FIPS 180-4), which Subresource Integrity goes by.
public struct SHA384: Hashable, Sendable {
    /// 48 of them.
    public let bytes: [UInt8]

    public init(of bytes: some Collection<UInt8>) {
        var digest = [UInt8](repeating: 0, count: 48)
        let isDone = digest.withUnsafeMutableBytes { HashAlgorithm.sha384.hash(bytes, to: $0) }
        precondition(isDone, "OpenSSL offers no SHA-384")
        self.bytes = digest
    }

    public var base64: String { bytes.base64 }
}

extension [UInt8] {
    /// With padding (RFC 4648 §4).
    public var base64: String {
        var text = [UInt8](repeating: 0, count: (count + 2) / 3 * 4 + 1)
        let length = EVP_EncodeBlock(&text, self, Int32(count))
        return String(decoding: text.prefix(Int(length)), as: UTF8.self)
    }
}
