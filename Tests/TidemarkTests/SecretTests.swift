import Testing

@testable import tidemark

@Suite("Secret")
struct SecretTests {
    @Test("no way of printing shows it")
    func hidden() {
        let source = Settings.Source(
            name: "x", languages: [],
            kind: .x(rules: ["a"], budgetPosts: 1, budgetCents: 1, token: Secret("hunter2")))
        var dumped = ""
        dump(source, to: &dumped)
        for text in ["\(source)", String(reflecting: source), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(Secret("hunter2").revealed == "hunter2")
    }
}
