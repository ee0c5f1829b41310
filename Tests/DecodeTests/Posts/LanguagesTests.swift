import Testing

@testable import Decode

@Suite("Languages")
struct LanguagesTests {
    @Test("are an array of languages in all but memory", arguments: 0..<4)
    func likeArray(count: Int) throws {
        let array = try ["en", "de", "en"].prefix(count).map { try #require(Language($0)) }
        let languages = Languages(array)
        #expect(Array(languages) == array)
        #expect(languages.count == array.count)
        #expect(languages == Languages(array))
        #expect(languages.isEmpty == array.isEmpty)
        #expect(languages.last == array.last)
    }
}
