@testable import Decode
@testable import Snapshot
@testable import Tally

/// The fast count agrees with the slow one of the tests, on streams that the input's bytes choose.
enum ReferenceRules {
    /// Each number is one byte of the input, in the high bits, which ranges are made from; 0 behind
    /// the last.
    private struct Choices: RandomNumberGenerator {
        var bytes: ArraySlice<UInt8>
        mutating func next() -> UInt64 { UInt64(bytes.popFirst() ?? 0) << 56 | 1 << 55 }
    }

    static func check(_ input: inout FuzzInput) throws {
        let choices = input.decision()
        let format = [PostFormat.jetstream, .v1, .mastodon][choices % 3]
        var rules = CountingRules()
        rules.includeReposts = choices & 4 != 0
        rules.keepDeleted = choices & 8 != 0
        rules.includeSensitive = choices & 16 != 0
        rules.includeBots = choices & 32 != 0
        rules.maxTags = choices & 64 != 0 ? 2 : 10
        if choices & 128 != 0 { rules.languages = Set(["en", "id"].compactMap { Language($0) }) }

        var generator = StreamGenerator(random: Choices(bytes: input.bytes))
        var slow = ReferenceCount(rules: rules)
        var text = ""
        for _ in 0..<1 + input.bytes.count / 16 {
            let line = generator.line(format)
            slow.add(line, as: format)
            text += line.text + "\n"
        }
        var fast = PostLedger(rules: rules)
        var reader = EventReader(format: format, grammar: nil)
        Array(text.utf8).withUnsafeBytes { reader.feed($0, to: &fast) }
        try requireEqual(fast.tally().comparable, slow.result(), text)
    }
}
