import Support
import Testing

@testable import Decode

@Suite("RecordRevision")
struct RecordRevisionTests {
    private func order(_ text: String) -> UInt64 { withJSONText(text, RecordRevision.order) }

    @Test("orders random revisions as their texts")
    func randomOrder() {
        var random = SeededRandom(13)
        let digits = Array("234567abcdefghijklmnopqrstuvwxyz")
        func revision() -> String {
            String(digits[Int.random(in: 0..<16, using: &random)])
                + String((0..<12).map { _ in digits[Int.random(in: 0..<32, using: &random)] })
        }
        for _ in 0..<5000 {
            let (one, two) = (revision(), revision())
            #expect((order(one) < order(two)) == (one < two))
            #expect((order(one) == order(two)) == (one == two))
        }
    }

    @Test("orders neighbours that differ in the last digit")
    func neighbours() {
        #expect(order("3lbsw5kzdqk2x") < order("3lbsw5kzdqk2y"))
        #expect(order("jzzzzzzzzzzzy") <= order("jzzzzzzzzzzzz"))
        #expect(order("2222222222222") < order("2222222222223"))
    }

    @Test(
        "orders text that is no revision by its first bytes",
        arguments: [("", "a"), ("1", "2"), ("99", "991"), ("rev-1", "rev-2"), ("A", "a")])
    func otherText(lower: String, higher: String) {
        #expect(order(lower) < order(higher))
    }

    @Test(
        "no text that is no revision beats one",
        arguments: [
            "zzzzzzzzzzzzz", "~", "kzzzzzzzzzzzz", "3lbsw5kzdqk2", "3lbsw5kzdqk2xx",
            "3LBSW5KZDQK2X",
            "3lbsw5kzdqk21", "ü3lbsw5kzdqk2", "\u{10FFFF}\u{10FFFF}",
        ])
    func neverHigher(text: String) {
        #expect(order(text) < order("2222222222222"))
        #expect(order(text) < order("3lbsw5kzdqk2x"))
    }
}
