import Synchronization
import Testing

@testable import Archive

@Suite("KnownKeys")
struct KnownKeysTests {
    @Test("asks the rule once for a key, and for what is none each time")
    func remembers() {
        let asked = Mutex<[String]>([])
        let keys = KnownKeys(
            KeyRule(
                isKey: { text in
                    asked.withLock { $0.append(text) }
                    return !text.contains("É")
                }, key: { $0.lowercased() }))
        for _ in 0..<3 {
            #expect(keys.isKey("é"))
            // The same to a reader, and other bytes.
            #expect(keys.isKey("e\u{301}"))
            #expect(!keys.isKey("É"))
        }
        #expect(asked.withLock { $0.map { Array($0.utf8).count } } == [2, 3, 2, 2, 2])
        #expect(keys.key("A") == "a")
    }
}
