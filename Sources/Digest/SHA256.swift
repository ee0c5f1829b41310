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
        let value =
            hex.withContiguousStorageIfAvailable { Self.value(of: $0) }
            ?? Array(hex).withUnsafeBufferPointer { Self.value(of: $0) }
        guard let value else { return nil }
        self.value = value
    }

    private static func value(of digits: UnsafeBufferPointer<UInt8>) -> SIMD32<UInt8>? {
        guard digits.count == 64 else { return nil }
        var value = SIMD32<UInt8>()
        let isRead = withUnsafeMutableBytes(of: &value) { bytes in
            for place in bytes.indices {
                let (high, low) = (digits[2 * place], digits[2 * place + 1])
                guard !high.isASCIIUppercase, !low.isASCIIUppercase,
                    let high = Hex.value(high), let low = Hex.value(low)
                else { return false }
                bytes[place] = high << 4 | low
            }
            return true
        }
        return isRead ? value : nil
    }

    /// 32 of them.
    public var bytes: [UInt8] { withUnsafeBytes(of: value) { Array($0) } }

    /// 64 digits in lower case.
    public var hex: String {
        String(unsafeUninitializedCapacity: 64) { digits in
            withUnsafeBytes(of: value) { bytes in
                for place in bytes.indices {
                    (digits[2 * place], digits[2 * place + 1]) = Hex.digits(bytes[place])
                }
            }
            return 64
        }
    }

    public var base64: String { bytes.base64 }
}
