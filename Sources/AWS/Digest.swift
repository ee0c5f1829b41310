import COpenSSL
import Glibc

/// A hash of some bytes, by OpenSSL.
public struct Digest: Hashable, Sendable {
    /// 32 bytes of SHA-256, 48 of SHA-384, 16 of MD5.
    public let bytes: [UInt8]

    /// Lower case, two digits a byte.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Base64 with padding (RFC 4648 §4), as `Content-MD5` has it.
    public var base64: String {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let length = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
        return String(decoding: text.prefix(Int(length)), as: UTF8.self)
    }

    /// Reads what `hex` writes; nil if it is no SHA-256.
    public init?(sha256Hex hex: String) {
        let digits = hex.utf8.map { digit -> UInt8? in
            switch digit {
            case 0x30...0x39: digit - 0x30
            case 0x61...0x66: digit - 0x61 + 10
            default: nil
            }
        }
        guard digits.count == 64, !digits.contains(nil) else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map {
            (digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)
        }
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Throws `unsupported` where OpenSSL was built or set up without it.
    public static func sha256(_ bytes: [UInt8]) throws(AWSError) -> Digest {
        try DigestStream(.sha256).finish(with: bytes)
    }

    /// Throws `unsupported` under FIPS rules, which have no MD5.
    public static func md5(_ bytes: [UInt8]) throws(AWSError) -> Digest {
        try DigestStream(.md5).finish(with: bytes)
    }

    /// The digests of a file, in the order asked for, and its length, from one reading of it.
    public static func file(
        _ path: String, _ kinds: [DigestStream.Kind]
    ) throws(AWSError) -> (digests: [Digest], byteCount: Int) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var streams: [DigestStream] = []
        for kind in kinds { streams.append(try DigestStream(kind)) }
        var byteCount = 0
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let got = read(descriptor, &buffer, buffer.count)
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw .file(path, reason: String(cString: strerror(errno))) }
            if got == 0 { break }
            for stream in streams { stream.update(buffer[..<got]) }
            byteCount += got
        }
        var digests: [Digest] = []
        for stream in streams { digests.append(try stream.finish()) }
        return (digests, byteCount)
    }

    /// HMAC-SHA-256 (RFC 2104).
    static func hmac(key: [UInt8], _ message: [UInt8]) throws(AWSError) -> Digest {
        var mac = [UInt8](repeating: 0, count: 32)
        guard HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &mac, nil) != nil
        else { throw .unsupported(algorithm: "HMAC-SHA-256") }
        return Digest(bytes: mac)
    }
}
