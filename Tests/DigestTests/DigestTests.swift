import Digest
import Testing

/// FIPS 180-4, RFC 1321 and RFC 4231 give the digests.
struct DigestTests {
    @Test(arguments: [
        (
            "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "d41d8cd98f00b204e9800998ecf8427e"
        ),
        (
            "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "900150983cd24fb0d6963f7d28e17f72"
        ),
    ])
    func `known texts have their published digests`(text: String, sha256: String, md5: String) {
        #expect(SHA256(of: text.utf8).hex == sha256)
        #expect(SHA256(of: Array(text.utf8)).hex == sha256)
        #expect(MD5(of: text.utf8)?.hex == md5)
    }

    @Test func `pieces make the digest of the whole`() {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        func feed(_ use: (UnsafeRawBufferPointer) -> Void) {
            for start in stride(from: 0, to: bytes.count, by: 4099) {
                bytes[start..<min(start + 4099, bytes.count)].withUnsafeBytes(use)
            }
        }
        #expect(SHA256(feed) == SHA256(of: bytes))
        #expect(MD5(feed) == MD5(of: bytes))
        #expect(SHA256 { _ in } == SHA256(of: []))
        #expect(SHA256(of: bytes.lazy.map { $0 }) == SHA256(of: bytes))
    }

    @Test func `what ends the pieces early ends the digest`() {
        struct Torn: Error {}
        #expect(throws: Torn.self) { try SHA256 { _ throws(Torn) in throw Torn() } }
        #expect(throws: Torn.self) { try MD5 { _ throws(Torn) in throw Torn() } }
    }

    @Test func `base64 is padded`() {
        #expect(MD5(of: [])?.base64 == "1B2M2Y8AsgTpgAmY7PhCfg==")
        #expect(
            SHA384(of: "abc".utf8).base64
                == "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn")
    }

    @Test func `a message is authenticated by its key`() {
        let mac = SHA256(
            authenticating: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(mac.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(SHA256(authenticating: [], key: []).hex.hasPrefix("b613679a0814d9ec"))
    }

    @Test func `hex reads back, and nothing else does`() {
        let digest = SHA256(of: [1])
        #expect(SHA256(hex: digest.hex.utf8) == digest)
        #expect(digest.bytes.count == 32)
        for wrong in [
            "", "ab", digest.hex.uppercased(), digest.hex + "0", "g" + digest.hex.dropFirst(),
            "+" + digest.hex.dropFirst(), String(digest.hex.dropLast()),
        ] { #expect(SHA256(hex: wrong.utf8) == nil) }
    }
}
