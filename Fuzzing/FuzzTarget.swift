import Snapshot

/// Code that reads bytes from outside, with the rules that hold whatever the bytes are.
enum FuzzTarget: String, CaseIterable, Sendable {
    case framing, v1, v2, jetstream, mastodon, text, grammar, hashtag, csv, rows, manifest, xml
    case settings, lines, reference, compressed, servers, messages, escaping, links, part

    /// Throws `BrokenRule` if one does not hold of this input.
    func check(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        switch self {
        case .framing: try FramingRules.check(&input)
        case .v1: try CountingRulesOf(format: .v1).check(&input)
        case .v2: try CountingRulesOf(format: .v2).check(&input)
        case .jetstream: try CountingRulesOf(format: .jetstream).check(&input)
        case .mastodon: try CountingRulesOf(format: .mastodon).check(&input)
        case .text: try CountingRulesOf(format: .text).check(&input)
        case .grammar: try GrammarRules.check(&input)
        case .hashtag: try HashtagRules.check(&input)
        case .csv: try CSVRules.check(&input)
        case .rows: try RowRules.check(&input)
        case .manifest: try ManifestRules.check(&input)
        case .xml: try XMLRules.check(&input)
        case .settings: try SettingsRules.check(&input)
        case .lines: try LineRules.check(&input)
        case .reference: try ReferenceRules.check(&input)
        case .compressed: try CompressedRules.check(&input)
        case .servers: try ServerRules.check(&input)
        case .messages: try MessageRules.check(&input)
        case .escaping: try EscapingRules.check(&input)
        case .links: try AddressRules.check(&input)
        case .part: try PartRules.check(&input)
        }
    }
}
