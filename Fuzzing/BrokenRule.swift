/// A rule that an input showed not to hold.
struct BrokenRule: Error, CustomStringConvertible {
    let description: String
}

/// Throws unless the rule holds.
func require(_ holds: Bool, _ rule: @autoclosure () -> String) throws(BrokenRule) {
    guard holds else { throw BrokenRule(description: rule()) }
}

/// Throws unless both are the same.
func requireEqual<Value: Equatable>(
    _ one: Value, _ other: Value, _ rule: @autoclosure () -> String
) throws(BrokenRule) {
    try require(one == other, "\(rule()): \(one) and \(other)")
}
