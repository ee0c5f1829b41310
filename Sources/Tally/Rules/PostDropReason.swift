/// Why a post is left out, the first that fits. The raw value is the name in `--json` output.
public enum PostDropReason: String, CaseIterable, Sendable {
    case repost
    case language
    case maxTags = "max_tags"
    case sensitive
    case bot
}
