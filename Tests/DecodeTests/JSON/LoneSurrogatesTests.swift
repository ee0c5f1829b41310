import Support
import Testing

@testable import Decode

@Suite("LoneSurrogates")
struct LoneSurrogatesTests {
    private func mended(_ text: String) -> String? {
        bytes(text).withUnsafeBufferPointer { LoneSurrogates.replaced(in: $0) }
            .map { String(decoding: $0.dropLast(JSONParser.padding), as: UTF8.self) }
    }

    @Test(
        "replaces halves that stand alone, and nothing else",
        arguments: [
            (#""\ud83c""#, #""\uFFFD""#), (#""\uDF0A""#, #""\uFFFD""#),
            (#""\ud83c\ud83c\udf0a""#, #""\uFFFD\ud83c\udf0a""#),
            (#""\udf0a\ud83c""#, #""\uFFFD\uFFFD""#), (#""\ud83cx\udf0a""#, #""\uFFFDx\uFFFD""#),
            (#""\ud83c\n""#, #""\uFFFD\n""#),
            (#""\\\ud83c""#, #""\\\uFFFD""#), (#"\ud83c"#, #"\uFFFD"#),
        ])
    func replaces(text: String, expected: String) {
        #expect(mended(text) == expected)
    }

    @Test(
        "leaves text alone that has none",
        arguments: [
            "", "\\", "\\u", #"\ud83"#, #""\ud83c\udf0a""#, #""\\ud83c""#, #""\u00e9""#,
            #""\ud7ff\ue000""#, #""\uzzzz""#, #""\u+d80""#,
        ])
    func leaves(text: String) {
        #expect(mended(text) == nil)
    }
}
