/// A column of the published data, and what it holds.
public struct DataColumn: Sendable {
    public let name: String
    public let tables: [DataTable]
    public let kind: Kind
    /// Whether no cell of it is empty.
    public let isFilled: Bool
    public let meaning: String

    public enum Kind: String, Sendable {
        case datetime, string, integer, number
    }

    private init(
        _ name: String, _ tables: [DataTable], _ kind: Kind, isFilled: Bool = true,
        _ meaning: String
    ) {
        (self.name, self.tables, self.kind) = (name, tables, kind)
        (self.isFilled, self.meaning) = (isFilled, meaning)
    }

    /// In the order of the page that explains them.
    public static let all: [DataColumn] = [
        DataColumn("slot", DataTable.allCases, .datetime, "Start of the period, in UTC"),
        DataColumn("source", DataTable.allCases, .string, "Name of the source"),
        DataColumn("start", [.windows], .datetime, "First instant read"),
        DataColumn("end", [.windows], .datetime, "First instant no longer read"),
        DataColumn(
            "status", [.windows], .string,
            "complete, partial, missing (nothing was read), backfilled (read whole, later)"),
        DataColumn(
            "coverage", [.windows], .number,
            "Seconds read of the seconds meant to be read, 0 to 1. A live source is meant to be read for part of a "
                + "slot: 50 minutes out of six hours, read whole, are 1"),
        DataColumn("posts", [.windows], .integer, "Posts counted, after every filter"),
        DataColumn("tagged", [.windows], .integer, "Of these, posts with a hashtag that counted"),
        DataColumn(
            "accounts", [.windows], .integer,
            "Distinct authors of all counted posts, with hashtags or without: N of the rules. Of one window: who "
                + "posts in two is one of each, so that sums over windows or sources are not people"
        ),
        DataColumn("tags", [.windows], .integer, "Distinct hashtags"),
        DataColumn("duplicates", [.windows], .integer, "Deliveries of a post already delivered"),
        DataColumn(
            "dropped", [.windows], .integer,
            "Records read and not counted: unreadable, deleted or filtered out"),
        DataColumn("reconnects", [.windows], .integer, "Connections made again while reading"),
        DataColumn("version", [.windows], .string, "The version of Tidemark that counted"),
        DataColumn(
            "held", [.windows], .integer, isFilled: false,
            "Hashtags that were counted and may not be listed"),
        DataColumn(
            "reasons", [.windows], .string, isFilled: false,
            "Why records were dropped, and how many for each reason"),
        DataColumn(
            "note", [.windows], .string, isFilled: false,
            "What happened, in words; empty if nothing did"),
        DataColumn(
            "rules", [.windows], .string, isFilled: false,
            "Hash of the rules that it was counted by, as rules.csv explains it; empty where none were kept"
        ),
        DataColumn(
            "rows", [.windows], .integer, isFilled: false,
            "Lines of the window in top, trending and tail together, as archived: those withheld here included"
        ),
        DataColumn(
            "rank", [.top, .trending], .integer,
            "Place in the list, 1 for the first. Where a hashtag was withdrawn, its rank is left out"
        ),
        DataColumn(
            "tag", [.top, .trending, .tail, .related, .links], .string,
            "The hashtag’s key: folded, without #. It may be null, na, none or true, which programs must not take for "
                + "something else"),
        DataColumn("spelling", [.top, .trending], .string, "As most people wrote it"),
        DataColumn("posts", [.top, .trending, .tail], .integer, "Posts with the hashtag"),
        DataColumn(
            "accounts", [.top, .trending, .tail], .integer, "Distinct authors of these posts"),
        DataColumn(
            "expected", [.top, .trending], .number, isFilled: false,
            "Accounts expected by the same hours of earlier days; empty while there are too few"),
        DataColumn(
            "score", [.top, .trending], .number, isFilled: false,
            "Signed log-likelihood ratio G²; empty where expected is"),
        DataColumn(
            "bounds", [.top, .trending], .integer, isFilled: false,
            "Of these earlier days, those on which the hashtag was below the tail and counts as the most it can have "
                + "been there; with any of them, expected is a bound"),
        DataColumn(
            "other", [.related], .string, "The key of a hashtag that people wrote together with it"),
        DataColumn(
            "url", [.links], .string,
            "An address that people gave with it: https alone, without tracking"),
        DataColumn(
            "title", [.links], .string, isFilled: false,
            "What the page was called, if enough people’s posts said the same; else empty"),
        DataColumn(
            "accounts", [.related, .links], .integer,
            "People who wrote both hashtags in one post; people who gave the address"),
        DataColumn("list", [.withheld], .string, "top, trending, tail, related or links"),
        DataColumn(
            "lines", [.withheld], .integer,
            "Lines that are left out of the list here, as something in them was withdrawn"),
        DataColumn(
            "fewest", [.withheld], .integer, isFilled: false,
            "Of a tail of a thousand lines, the fewest accounts of any of them, those left out included; empty for "
                + "other lists"),
        DataColumn(
            "accounts", [.series], .integer, isFilled: false,
            "People who wrote the hashtag; empty unless state is known"),
        DataColumn(
            "window_accounts", [.series], .integer, isFilled: false,
            "People of the window, as accounts of windows; empty for a gap"),
        DataColumn(
            "coverage", [.series], .number, isFilled: false,
            "As in windows; empty where there is no window at all"),
        DataColumn(
            "state", [.series], .string,
            "known, below (the window was read, and no count of the hashtag was kept), gap (it was not read)"
        ),
        DataColumn(
            "at_most", [.series], .integer, isFilled: false,
            "Where it is below: the most people who can have written it; empty if there is no telling"
        ),
    ]

    /// Nil for one that this program does not know.
    public static func find(_ name: String, in table: DataTable) -> DataColumn? {
        all.first { $0.name == name && $0.tables.contains(table) }
    }
}
