import Support

@testable import Decode
@testable import Tally

/// Counts a stream.
func tally(
    _ text: String, as format: PostFormat, _ change: (inout CountingRules) -> Void = { _ in }
) throws -> Counts {
    var rules = CountingRules()
    change(&rules)
    var ledger = PostLedger(rules: rules)
    var reader = EventReader(format: format, grammar: nil)
    bytes(text).withUnsafeBytes { reader.feed($0, to: &ledger) }
    reader.finish(to: &ledger)
    return try ledger.tally()
}
