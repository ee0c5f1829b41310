import Digest
import Glibc

/// Hands over the bytes of a file in pieces, to hash them; returns how many they were.
public func readPieces(
    of path: String, _ use: (UnsafeRawBufferPointer) -> Void
) throws(AWSError) -> Int {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var byteCount = 0
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
        let got = read(descriptor, &buffer, buffer.count)
        if got < 0 && errno == EINTR { continue }
        guard got >= 0 else { throw .file(path, reason: String(cString: strerror(errno))) }
        if got == 0 { return byteCount }
        buffer.withUnsafeBytes { use(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
        byteCount += got
    }
}

/// The value of a `Content-MD5` header; throws `unsupported` under FIPS rules, which have no MD5.
func contentMD5(of body: [UInt8]) throws(AWSError) -> String {
    guard let digest = MD5(of: body) else { throw .unsupported(algorithm: "MD5") }
    return digest.base64
}
