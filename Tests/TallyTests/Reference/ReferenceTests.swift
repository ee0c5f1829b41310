import Support
import Testing

@testable import Decode
@testable import Tally

@Suite("The fast count")
struct ReferenceTests {
    static let variants: [(name: String, change: @Sendable (inout CountingRules) -> Void)] = [
        ("defaults", { _ in }),
        (
            "everything",
            {
                (
                    $0.includeReposts, $0.keepDeleted, $0.includeSensitive, $0.includeBots,
                    $0.maxTags
                ) = (true, true, true, true, 0)
            }
        ),
        (
            "one language",
            {
                ($0.languages, $0.includeReposts, $0.maxTags) = (
                    Set(["en", "id"].compactMap { Language($0) }), true, 3
                )
            }
        ),
    ]

    @Test(
        "agrees with the slow one on random and damaged streams",
        arguments: [PostFormat.jetstream, .v1, .mastodon], 0..<3)
    func agrees(format: PostFormat, variant: Int) throws {
        for seed in UInt64(1)...12 {
            var generator = StreamGenerator(random: SeededRandom(seed * 7919))
            var rules = CountingRules()
            Self.variants[variant].change(&rules)
            var slow = ReferenceCount(rules: rules)
            var text = ""
            for _ in 0..<160 {
                let line = generator.line(format)
                slow.add(line, as: format)
                text += line.text + "\n"
            }
            let fast = try tally(text, as: format, Self.variants[variant].change)
            #expect(fast.comparable == slow.result(), "seed \(seed)")
        }
    }
}
