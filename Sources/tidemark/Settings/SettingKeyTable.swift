import Decode
import Snapshot
import Tally

extension SettingKey {
    /// Every key there is, in the order of the file.
    static let all: [SettingKey] = [
        SettingKey("site.title", .text, "Tidemark", "Name of the site"),
        SettingKey(
            "site.url", .address(schemes: ["https", "http"], anyHost: true), nil,
            "Public address of the site; feeds and the sitemap need it for absolute links"),
        SettingKey(
            "site.description", .text, "What people are talking about, every six hours.",
            "One sentence for search engines and feed readers"),
        SettingKey("site.language", .language, "en", "Language the site is written in"),
        SettingKey(
            "site.dataLicence", .licence, "CC0-1.0",
            "Licence of the published data, which is yours to choose"),
        SettingKey(
            "site.timezone", .choice(["UTC"]), "UTC", "Time zone of times shown to readers",
            isIdle: true),

        SettingKey(
            "window.every", .duration, "6h",
            "Time between two windows, counted from midnight UTC: 1, 2, 3, 4, 6, 8, 12 or 24 hours"),
        SettingKey(
            "window.length", .duration, "50m",
            "How long a live source is read in each window, at most window.every"),
        SettingKey(
            "window.mode", .choice(["slot", "live"]), "slot",
            "What a source that can be replayed reads: whole slots that are over, or live, from now for window.length"
        ),
        SettingKey("window.top", .count(1...100), "10", "Number of hashtags in a list"),
        SettingKey(
            "window.rank", .choice(RankOrder.allCases.map(\.rawValue)), "accounts",
            "What ranks first: people or posts"),
        SettingKey(
            "window.minimumAccounts", .count(1...1_000_000), "1",
            "People a hashtag needs to be listed"),

        SettingKey(
            "filters.maxTags", .count(0...1_000), "10",
            "A post with more distinct hashtags does not count; 0 for no limit"),
        SettingKey("filters.reposts", .flag, "false", "Count reposts as posts of the reposter"),
        SettingKey("filters.deleted", .flag, "false", "Keep posts that were deleted in the window"),
        SettingKey("filters.sensitive", .flag, "false", "Count posts marked as sensitive"),
        SettingKey("filters.bots", .flag, "false", "Count posts of accounts marked as bots"),
        SettingKey(
            "filters.block", .list(.text), "[]",
            "Hashtags never listed, exact or with *, such as [\"advert*\"]"),
        SettingKey(
            "filters.allow", .list(.text), "[]",
            "If not empty, the only hashtags listed, exact or with *"),

        SettingKey("archive", .path, "archive", "Folder of the CSV archive"),
        SettingKey("output", .path, "public", "Folder the site is built into"),
        SettingKey(
            "templates", .path, nil,
            "Folder of the templates; without it, Templates beside this file, else the installed ones"
        ),
        SettingKey(
            "chartScript", .path, nil,
            "Chart.js for the site; without it, the distribution's (libjs-chart.js)"),

        SettingKey(
            "sources.*.kind", .choice(SourceKindName.allCases.map(\.rawValue)), nil,
            "What kind of source it is; `sample` is a built-in demonstration"),
        SettingKey(
            "sources.*.languages", .list(.language), "[]", "Languages that count; empty for all"),
        SettingKey(
            "sources.*.paths", .list(.path), nil, "Files of recorded posts, plain, .gz or .zst",
            kinds: [.file]),
        SettingKey(
            "sources.*.address", .endpoint, nil, "Where the line server listens", kinds: [.socket]),
        SettingKey(
            "sources.*.format", .choice(PostFormat.allCases.map(\.rawValue)), nil,
            "Format of the posts; for x v2 or v1, v2 without it", kinds: [.file, .socket, .x]),
        SettingKey(
            "sources.*.grammar", .choice(Grammar.allCases.map(\.rawValue)), nil,
            "What is a hashtag in a post that does not say so; without it, the format's own",
            kinds: [.file, .socket]),
        SettingKey(
            "sources.*.hosts", .list(.address(schemes: ["wss", "ws"], anyHost: false)),
            "[wss://jetstream1.us-east.bsky.network, wss://jetstream2.us-east.bsky.network, "
                + "wss://jetstream1.us-west.bsky.network, wss://jetstream2.us-west.bsky.network]",
            "Jetstream servers, tried in turn", kinds: [.bluesky]),
        SettingKey(
            "sources.*.lookBack", .duration, "36h",
            "How far back slots that were missed are read", kinds: [.bluesky, .mastodon]),
        SettingKey(
            "sources.*.settle", .duration, "30s",
            "How long after a slot's end its last posts may still arrive",
            kinds: [.bluesky, .mastodon]),
        SettingKey(
            "sources.*.stall", .duration, "10s",
            "A server that sends no event for so long is left for the next", kinds: [.bluesky]),
        SettingKey(
            "sources.*.servers", .list(.address(schemes: ["https", "http"], anyHost: false)), nil,
            "Mastodon servers", kinds: [.mastodon]),
        SettingKey(
            "sources.*.mode", .choice(["rest", "stream"]), "rest",
            "How a Mastodon server is read: whole slots by REST, or live", kinds: [.mastodon]),
        SettingKey(
            "sources.*.timelines", .list(.choice(["public"])), "[public]",
            "Timelines that are read; replies to others are not in the public one",
            kinds: [.mastodon]),
        SettingKey(
            "sources.*.tags", .list(.text), "[]",
            "Hashtags whose timelines are read too, with their replies", kinds: [.mastodon]),
        SettingKey(
            "sources.*.local", .flag, "false", "Only posts of the servers' own accounts",
            kinds: [.mastodon]),
        SettingKey(
            "sources.*.server", .address(schemes: ["https", "http"], anyHost: false),
            "https://api.x.com", "X, or a relay that speaks like it", kinds: [.x]),
        SettingKey(
            "sources.*.endpoint", .choice(["filtered", "sample"]), "filtered",
            "The stream that is read: posts that match rules, or a small share of all",
            kinds: [.x]),
        SettingKey(
            "sources.*.rules", .list(.text), nil, "Rules of the filtered stream", kinds: [.x]),
        SettingKey(
            "sources.*.backfillMinutes", .count(0...5), "0",
            "Minutes that a lost connection is made good for; only some accounts have it",
            kinds: [.x]),
        SettingKey(
            "sources.*.postPrice", .price, "0.005", "Dollars that a post costs", kinds: [.x]),
        SettingKey(
            "sources.*.budgetPosts", .count(1...1_000_000_000), "1000",
            "Posts a window may cost at most", kinds: [.x]),
        SettingKey(
            "sources.*.budgetDollars", .money, "5", "Dollars a window may cost at most", kinds: [.x]
        ),
        SettingKey(
            "sources.*.budgetMonthPosts", .count(1...1_000_000_000), "20000",
            "Posts a month of UTC may cost at most", kinds: [.x]),
        SettingKey(
            "sources.*.budgetMonthDollars", .money, "100",
            "Dollars a month of UTC may cost at most", kinds: [.x]),
        SettingKey(
            "sources.*.token", .text, nil,
            "Access token; from the environment alone. Of several servers, one for each, with commas "
                + "between them",
            kinds: [.mastodon, .x], isSecret: true),

        SettingKey("publish.bucket", .text, nil, "S3 bucket of the site; without it, no upload"),
        SettingKey(
            "publish.region", .text, nil, "Region of the bucket; without it, the AWS profile's"),
        SettingKey(
            "publish.endpoint", .address(schemes: ["https", "http"], anyHost: false), nil,
            "Address of another S3 server than Amazon's"),
        SettingKey(
            "publish.prefix", .prefix, "\"\"", "Folder in the bucket; nothing beside it is touched"),
        SettingKey(
            "publish.distribution", .text, nil,
            "CloudFront distribution to invalidate after an upload"),
        SettingKey(
            "publish.directory", .path, nil,
            "Folder of a web server on this machine, in the place of a bucket"),
        SettingKey(
            "publish.repository", .text, nil,
            "Git repository with a branch for a host of static pages, in the place of a bucket"),
        SettingKey(
            "publish.branch", .text, "gh-pages", "That branch; it holds nothing but the site"),
        SettingKey(
            "publish.maxDeletes", .count(0...1_000_000), "256",
            "More deletes than this in one run are refused as a whole"),
    ]
}
