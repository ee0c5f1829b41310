/// Why a delivered hashtag does not count; the first that fits, in this order.
///
/// The raw value is the name in `--json` output.
public enum TagDropReason: String, CaseIterable, Error, Sendable {
    /// Nothing is left of it.
    case empty
    /// A key of over 100 scalars, or over 1024 bytes as delivered.
    case tooLong = "too_long"
    /// A control character as delivered, its ends trimmed, or a number sign in the key.
    case controlOrHash = "control_or_hash"
    /// Nothing but decimal digits and punctuation.
    case digits
    /// The first scalar is a dollar sign.
    case cashtag
}
