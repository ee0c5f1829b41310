import AWS
import Support
import Testing

@Suite struct DigestTests {
    /// FIPS 180-4 and RFC 1321 give these.
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
    func `Known texts have their published digests`(
        _ text: String, sha256: String, md5: String
    ) throws {
        #expect(try Digest.sha256(Array(text.utf8)).hex == sha256)
        #expect(try Digest.md5(Array(text.utf8)).hex == md5)
    }

    @Test func `A file has the digests of its bytes, read once, however long it is`() async throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        try await withTemporaryFolder { folder in
            try write(bytes, to: folder + "/file")
            let (digests, byteCount) = try Digest.file(folder + "/file", [.md5, .sha256])
            #expect(digests == [try Digest.md5(bytes), try Digest.sha256(bytes)])
            #expect(byteCount == 200_000)
        }
    }

    @Test func `A missing file is named`() {
        #expect(throws: AWSError.file("/no/such", reason: "No such file or directory")) {
            try Digest.file("/no/such", [.sha256])
        }
    }

    @Test func `Base64 is padded`() throws {
        #expect(try Digest.md5([]).base64 == "1B2M2Y8AsgTpgAmY7PhCfg==")
    }

    @Test func `Hex reads back, and nothing else does`() throws {
        let digest = try Digest.sha256([1])
        #expect(Digest(sha256Hex: digest.hex) == digest)
        for wrong in [
            "", "ab", digest.hex.uppercased(), digest.hex + "0", "g" + digest.hex.dropFirst(),
        ] {
            #expect(Digest(sha256Hex: wrong) == nil)
        }
    }
}
