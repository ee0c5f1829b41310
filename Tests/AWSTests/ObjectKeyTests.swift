import AWS
import Testing

@Suite struct ObjectKeyTests {
    @Test(arguments: [
        "", "a\u{0}", "a\nb", "\u{7F}", "\u{85}", "a\u{FFFF}", String(repeating: "a", count: 1025),
    ])
    func `Empty, endless and unprintable names are refused`(_ text: String) {
        #expect(throws: AWSError.self) { try ObjectKey(text) }
    }

    @Test func `Keys of different bytes are different, however alike they look`() throws {
        let composed = try ObjectKey("caf\u{E9}")
        let decomposed = try ObjectKey("cafe\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(decomposed < composed)
    }
}
