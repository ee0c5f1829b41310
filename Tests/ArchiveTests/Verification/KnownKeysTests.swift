import Testing

@testable import Archive

@Suite("KnownKeys")
struct KnownKeysTests {
    @Test func `A text is told from a key the same each time, by its bytes`() {
        let keys = KnownKeys()
        for _ in 0..<3 {
            #expect(keys.isKey("é"))
            // The same to a reader, and a key of its own: marks may have stood apart.
            #expect(keys.isKey("e\u{301}"))
            #expect(!keys.isKey("É"))
            #expect(!keys.isKey("Tide") && keys.isKey("tide"))
        }
        #expect(keys.key("É") == "é" && keys.key("1") == nil)
    }
}
