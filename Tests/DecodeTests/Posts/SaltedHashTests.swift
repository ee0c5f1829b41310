import Testing

@testable import Decode

@Suite("SaltedHash")
struct SaltedHashTests {
    /// The vectors of the reference implementation's key, 00 to 0f, and texts 00, 01, 02 and so on, with
    /// one round a word and three at the end.
    @Test(
        "is SipHash-1-3",
        arguments: [
            (0, 0xabac_0158_050f_c4dc), (1, 0xc9f4_9bf3_7d57_ca93), (7, 0xd392_7d98_9bb1_1140),
            (8, 0x3690_9511_8d29_9a8e), (15, 0xd320_d86d_2a51_9956),
            (32, 0x8115_7b6c_16a7_b60d),
        ] as [(Int, UInt64)])
    func vectors(count: Int, expected: UInt64) {
        let text = (0..<UInt8(count)).map { $0 }
        let hash = SaltedHash(salt: (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908))
        #expect(text.withUnsafeBytes { hash.finish($0) } == expected)
    }
}
