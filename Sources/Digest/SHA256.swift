import COpenSSL
import Text

/// The SHA-256 of some bytes (FIPS 180-4). Every OpenSSL that TLS can use has it.
public struct SHA256: Hashable, Sendable {
    private var value = SIMD32<UInt8>()

    public init(of bytes: some Collection<UInt8>) {
        let isDone = withUnsafeMutableBytes(of: &value) {
            HashAlgorithm.sha256.hash(bytes, to: $0)
        }
        precondition(isDone, "OpenSSL offers no SHA-256")
    }

    /// Of bytes that come in pieces: `feed` hands over each.
    public init<Failure: Error>(
        _ feed: ((UnsafeRawBufferPointer) -> Void) throws(Failure) -> Void
    ) throws(Failure) {
        let isDone = try withUnsafeMutableBytes(of: &value) { digest throws(Failure) in
            try HashAlgorithm.sha256.hash(to: digest, feed)
        }
        precondition(isDone, "OpenSSL offers no SHA-256")
    }

    /// The HMAC-SHA-256 of a message (RFC 2104).
    public init(authenticating message: [UInt8], key: [UInt8]) {
        let isDone = withUnsafeMutableBytes(of: &value) {
            HMAC(
                HashAlgorithm.sha256.function, key, Int32(key.count), message, message.count,
                $0.baseAddress, nil) != nil
        }
        precondition(isDone, "OpenSSL offers no HMAC-SHA-256")
    }

    /// Reads what `hex` writes, 64 digits in lower case; nil for anything else.
    public init?(hex: some Collection<UInt8>) {
        guard hex.count == 64 else { return nil }
        var digits = hex.makeIterator()
        for place in 0..<32 {
            guard let high = digits.next().flatMap(Self.value),
                let low = digits.next().flatMap(Self.value)
            else { return nil }
            value[place] = high << 4 | low
        }
    }

    /// 32 of them.
    public var bytes: [UInt8] { value.indices.map { value[$0] } }

    /// 64 digits in lower case.
    public var hex: String { Hex.text(bytes) }

    public var base64: String { bytes.base64 }

    private static func value(_ digit: UInt8) -> UInt8? {
        digit.isASCIIUppercase ? nil : Hex.value(digit)
    }
}
