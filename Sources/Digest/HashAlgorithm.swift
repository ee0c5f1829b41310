import COpenSSL

/// A hash function of OpenSSL, looked up once: for a short text that would be dearer than the hash itself.
///
/// What `EVP_MD_fetch` gives is never changed, and any thread may use it (EVP_MD_fetch(3)).
struct HashAlgorithm: @unchecked Sendable {
    static let sha256 = HashAlgorithm("SHA2-256")
    static let sha384 = HashAlgorithm("SHA2-384")
    static let sha1 = HashAlgorithm("SHA1")
    static let md5 = HashAlgorithm("MD5")

    /// Nil where OpenSSL was built or set up without it.
    let function: OpaquePointer?

    private init(_ name: String) { function = EVP_MD_fetch(nil, name, nil) }

    /// Writes the digest of the bytes, and returns whether it could. `digest` is as long as such digests are.
    func hash(_ bytes: some Collection<UInt8>, to digest: UnsafeMutableRawBufferPointer) -> Bool {
        func hash(_ bytes: UnsafeRawBufferPointer) -> Bool {
            function != nil
                && EVP_Digest(
                    bytes.baseAddress, bytes.count, digest.baseAddress, nil, function, nil) == 1
        }
        return bytes.withContiguousStorageIfAvailable { hash(UnsafeRawBufferPointer($0)) }
            ?? Array(bytes).withUnsafeBytes(hash)
    }

    /// The same for bytes that come in pieces: `feed` hands over each.
    func hash<Failure: Error>(
        to digest: UnsafeMutableRawBufferPointer,
        _ feed: ((UnsafeRawBufferPointer) -> Void) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        guard let function, let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        var isDone = EVP_DigestInit_ex(context, function, nil) == 1
        try feed { isDone = EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1 && isDone }
        return EVP_DigestFinal_ex(context, digest.baseAddress, nil) == 1 && isDone
    }
}
