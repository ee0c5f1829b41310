import Snapshot
import Testing
import Text

@testable import tidemark

@Suite("Secret")
struct SecretTests {
    @Test("no way of printing shows it")
    func hidden() {
        let source = Settings.Source(
            name: "x", languages: [], filters: .usual,
            kind: Settings.X(
                server: "https://api.x.com", api: .v2, stream: .sample,
                budget: XBudget(
                    microdollarsPerPost: 1, posts: 1, cents: 1, monthPosts: 1, monthCents: 1),
                backfillMinutes: 0, token: Secret("hunter2")))
        var dumped = ""
        dump(source, to: &dumped)
        for text in ["\(source)", String(reflecting: source), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(Secret("hunter2").revealed == "hunter2")
    }
}
