/// Why a hashtag that was counted is not listed. The raw value is the name in `--json` output.
public enum TagHoldReason: String, CaseIterable, Sendable {
    case blocked
    case notAllowed = "not_allowed"
    case fewAccounts = "few_accounts"
}
