import Testing

@testable import tidemark

@Suite("SettingSuggestion")
struct SettingSuggestionTests {
    @Test(
        "the key that was probably meant is found, or none",
        arguments: [
            ("window.evry", "window.every"), ("window.minimumaccounts", "window.minimumAccounts"),
            ("outptu", "output"), ("chartscript", "chartScript"), ("bucket", "publish.bucket"),
            ("publish.top", "window.top"), ("sources.wire.adress", "sources.wire.address"),
            ("publish.maxDelete", "publish.maxDeletes"), ("xyzzy", nil), ("", nil),
            ("window.", nil), (String(repeating: "a", count: 300), nil),
        ] as [(String, String?)])
    func suggestions(path: String, expected: String?) {
        #expect(SettingSuggestion.forUnknown(path) == expected)
    }
}
