import COpenSSL

/// A hash in the making: the owner of an OpenSSL digest context, for one thread.
public final class DigestStream {
    /// The algorithms that S3 and subresource integrity ask for.
    public enum Kind: String, Sendable {
        case sha256 = "SHA256"
        case sha384 = "SHA384"
        case md5 = "MD5"
    }

    private let kind: Kind
    private let context: OpaquePointer

    public init(_ kind: Kind) throws(AWSError) {
        guard let context = EVP_MD_CTX_new() else { throw .unsupported(algorithm: kind.rawValue) }
        self.kind = kind
        self.context = context
        let algorithm =
            switch kind {
            case .sha256: EVP_sha256()
            case .sha384: EVP_sha384()
            case .md5: EVP_md5()
            }
        guard EVP_DigestInit_ex(context, algorithm, nil) == 1 else {
            throw .unsupported(algorithm: kind.rawValue)
        }
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    public func update(_ bytes: some Collection<UInt8>) {
        let isDone: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
        }
        if isDone == nil {
            let copy = Array(bytes)
            EVP_DigestUpdate(context, copy, copy.count)
        }
    }

    /// The digest of everything up to here; the stream is used up.
    public func finish() throws(AWSError) -> Digest {
        var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard EVP_DigestFinal_ex(context, &bytes, &length) == 1 else {
            throw .unsupported(algorithm: kind.rawValue)
        }
        return Digest(bytes: Array(bytes.prefix(Int(length))))
    }

    /// The digest of everything up to here and `last`.
    public func finish(with last: [UInt8]) throws(AWSError) -> Digest {
        update(last)
        return try finish()
    }
}
