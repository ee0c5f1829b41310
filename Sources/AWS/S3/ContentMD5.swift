import Digest

/// The value of a `Content-MD5` header; throws `unsupported` under FIPS rules, which have no MD5.
func contentMD5(of body: [UInt8]) throws(AWSError) -> String {
    guard let digest = MD5(of: body) else { throw .unsupported(algorithm: "MD5") }
    return digest.base64
}
