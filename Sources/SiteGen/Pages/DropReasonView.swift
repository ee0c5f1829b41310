import Archive

/// How many records of a window, or hashtags, did not count for one reason.
struct DropReasonView: View {
    let count: String
    let reason: String

    /// Most first, then by name; reasons that this version does not know as they are named.
    static func all(_ reasons: DropReasons) -> [DropReasonView] {
        reasons.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
            DropReasonView(
                count: Wording.number(count),
                reason: words[name] ?? name.split(separator: "_").joined(separator: " "))
        }
    }

    private static let words = [
        "bot": "by bots", "deleted": "deleted", "invalid": "unreadable",
        "language": "in another language", "max_tags": "with too many hashtags",
        "removed_with_account": "of removed accounts", "repost": "reposts",
        "sensitive": "marked as sensitive", "tag_cashtag": "cashtags",
        "tag_control_or_hash": "hashtags with control characters",
        "tag_digits": "hashtags of digits alone", "tag_empty": "hashtags of nothing",
        "tag_too_long": "hashtags too long",
    ]
}
