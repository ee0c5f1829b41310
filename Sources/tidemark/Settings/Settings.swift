import Archive
import Calendar
import Files
import Links
import Snapshot
import Tally

/// All settings of a run, resolved and checked. What is read is all there is to say of a key (`SettingKeys`).
struct Settings: Hashable, Sendable {
    /// The configuration file that was read; nil if there is none and the defaults hold.
    let file: String?
    let site: Site
    let window: Window
    let filters: Filters
    let context: Context
    let warnings: DoubtLimits
    /// Folders and files are relative to the working folder, or absolute.
    let archive: String
    let output: String
    let templates: String?
    let chartScript: String?
    /// By name; the built-in sample if none was configured.
    let sources: [Source]
    /// Whether none was configured.
    let isDemonstration: Bool
    let publish: Publish
    let hooks: Hooks
}

extension Settings {
    init(_ keys: inout SettingKeys, file: String?) throws(SettingsError) {
        self.file = file
        site = try keys.section("site", Site.init)
        window = try keys.section("window", Window.init)
        filters = try keys.section("filters", Filters.init)
        context = try keys.section("context", Context.init)
        warnings = try keys.section("warnings", DoubtLimits.init)
        let places = try Places(&keys)
        (archive, output) = (places.archive, places.output)
        (templates, chartScript) = (places.templates, places.chartScript)
        let sources = try keys.named("sources", Source.init)
        self.sources = sources.isEmpty ? [.sample] : sources
        isDemonstration = sources.isEmpty
        publish = try keys.section("publish", Publish.init)
        hooks = try keys.section("hooks", Hooks.init)
        try keys.require(
            !Self.overlap(archive, output), "output",
            "must not lie in the archive, nor the archive in it")
        guard let directory = publish.directory else { return }
        for (name, folder) in [("output", output), ("archive", archive)] {
            try keys.require(
                !Self.overlap(directory, folder), "publish.directory",
                "must not lie in the \(name), nor the \(name) in it")
        }
    }

    /// Whether one is the other or lies in it, whatever way they are written: a build puts another
    /// folder in the place of the output, with all that is in it, and a publish deletes.
    private static func overlap(_ one: String, _ other: String) -> Bool {
        let paths = [one, other].map { FilePlace.canonical($0).split(separator: "/") }
        return zip(paths[0], paths[1]).allSatisfy(==)
    }
}

extension Settings {
    /// The keys that lie in no section.
    struct Places {
        let archive: String
        let output: String
        let templates: String?
        let chartScript: String?

        init(_ keys: inout SettingKeys) throws(SettingsError) {
            archive = try keys("archive", .path, or: "archive", "Folder of the CSV archive")
            output = try keys("output", .path, or: "public", "Folder the site is built into")
            templates = try keys(
                "templates", .path,
                "Folder of the templates; without it, Templates beside this file, else the installed ones"
            )
            chartScript = try keys(
                "chartScript", .path,
                "Chart.js for the site; without it, the distribution's (libjs-chart.js)")
        }
    }
}

extension Settings {
    struct Site: Hashable, Sendable {
        let title: String
        /// Ends with `/`.
        let url: String?
        let description: String
        let language: String
        /// An SPDX identifier.
        let dataLicence: String
        /// An e-mail address, or an address of the web.
        let contact: String?
    }
}

extension Settings.Site {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        title = try keys("title", .text, or: "Tidemark", "Name of the site")
        url = try keys(
            "url", .address("https", "http", anyHost: true),
            "Public address of the site, for its feed, sitemap and canonical links; without it that of the bucket's website, or none of them"
        ).map { $0.hasSuffix("/") ? $0 : $0 + "/" }
        description = try keys(
            "description", .text, or: "What people are talking about, every six hours.",
            "One sentence for search engines and feed readers")
        language = try keys("language", .language, or: "en", "Language of title and description")
        dataLicence = try keys(
            "dataLicence", .licence, or: "CC0-1.0",
            "Licence of the published data, which is yours to choose")
        contact = try keys(
            "contact", .text,
            "How readers reach you: an e-mail address, or an address such as https://…")
        try keys.require(
            contact.map { $0.hasPrefix("https://") || Self.isMailAddress($0) } ?? true, "contact",
            "must be an e-mail address, or an address such as https://…")
        _ = try keys(
            "timezone", SettingForm<Timezone>.choice, or: "UTC",
            "Time zone of times shown to readers", isIdle: true)
    }

    /// One `@` with something on both sides, and nothing that would have to be quoted.
    private static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts.contains(where: \.isEmpty)
            && text.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && !"<>()[]\\,;:\"".utf8.contains($0)
            }
    }

    private enum Timezone: String, CaseIterable { case utc = "UTC" }
}

extension Settings {
    struct Window: Hashable, Sendable {
        enum Mode: String, CaseIterable, Sendable { case slot, live }

        let schedule: Schedule
        let length: Duration
        let mode: Mode
        let top: Int
        let rank: RankOrder
        let minimumAccounts: Int
    }
}

extension Settings.Window {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        schedule = try keys(
            "every", .schedule, or: "6h",
            "Time between two windows, counted from midnight UTC: 1, 2, 3, 4, 6, 8, 12 or 24 hours"
        )
        length = try keys(
            "length", .duration, or: "50m",
            "How long a live source is read in each window, at most window.every")
        mode = try keys(
            "mode", .choice, or: "slot",
            "What a source that can be replayed reads: whole slots that are over, or live, from now for window.length"
        )
        top = try keys("top", .count(1...100), or: "10", "Number of hashtags in a list")
        rank = try keys(
            "rank", .choice, or: "accounts", "What ranks first: people or posts")
        minimumAccounts = try keys(
            "minimumAccounts", .count(1...1_000_000), or: "1",
            "People a hashtag needs to be listed")
        try keys.require(
            length <= .seconds(schedule.seconds), "length",
            "must not be longer than window.every")
    }
}

extension Settings {
    struct Filters: Hashable, Sendable {
        /// 0 is no limit.
        let maxTags: Int
        let reposts: Bool
        let deleted: Bool
        let sensitive: Bool
        let bots: Bool
        let block: [String]
        let allow: [String]
    }
}

extension Settings.Filters {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        maxTags = try keys(
            "maxTags", .count(0...1_000), or: "10",
            "A post with more distinct hashtags does not count; 0 for no limit")
        reposts = try keys(
            "reposts", .flag, or: "false", "Count reposts as posts of the reposter")
        deleted = try keys(
            "deleted", .flag, or: "false", "Keep posts that were deleted in the window")
        sensitive = try keys(
            "sensitive", .flag, or: "false", "Count posts marked as sensitive")
        bots = try keys("bots", .flag, or: "false", "Count posts of accounts marked as bots")
        block = try keys(
            "block", .list(.text), or: "[]",
            "Hashtags never listed, exact or with *, such as [\"advert*\"]")
        allow = try keys(
            "allow", .list(.text), or: "[]",
            "If not empty, the only hashtags listed, exact or with *")
    }
}

extension DoubtLimits {
    fileprivate init(_ keys: inout SettingKeys) throws(SettingsError) {
        self.init(
            coverage: try keys(
                "coverage", .percent, or: "50%",
                "Warn of a window of which less was read than this; 0% never does"),
            posts: try keys(
                "posts", .percent, or: "10%",
                "Warn of fewer posts than this share of the usual number at that hour; 0% never does"
            ),
            dropped: try keys(
                "dropped", .percent, or: "95%",
                "Warn if one filter leaves out more than this; 100% never does"))
    }
}

extension Settings {
    /// What is kept of the listed hashtags besides their counts.
    struct Context: Hashable, Sendable {
        let related: Bool
        let links: Bool
        let minimumAccounts: Int
        let blockHosts: [String]
    }
}

extension Settings.Context {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        related = try keys(
            "related", .flag, or: "true", "Keep which hashtags were written together")
        links = try keys(
            "links", .flag, or: "true", "Keep the addresses that most people gave with a hashtag")
        minimumAccounts = try keys(
            "minimumAccounts", .count(2...1_000_000), or: "5",
            "People an address needs to be kept; never less than 5 % of the hashtag's")
        blockHosts = try keys(
            "blockHosts", .list(.text), or: "[]",
            "Hosts whose addresses are never kept, with all below them, such as [\"ads.example\"]")
        try keys.require(
            LinkRules(blockHosts: blockHosts) != nil, "blockHosts",
            "must be names of hosts, such as ads.example")
    }
}

extension Settings {
    struct Publish: Hashable, Sendable {
        enum Addressing: String, CaseIterable, Sendable { case auto, path, host }

        let bucket: String?
        let region: String?
        let endpoint: String?
        let addressing: Addressing
        /// Empty, or ends with `/`.
        let prefix: String
        let distribution: String?
        /// Of bucket, directory and repository there is one at most.
        let directory: String?
        let repository: String?
        let branch: String
        let maxDeletes: Int

        /// Whether there is anywhere to publish to.
        var hasPlace: Bool { bucket != nil || directory != nil || repository != nil }
    }
}

extension Settings.Publish {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        bucket = try keys("bucket", .text, "S3 bucket of the site; without it, no upload")
        region = try keys(
            "region", .text, "Region of the bucket; without it, the AWS profile's")
        endpoint = try keys(
            "endpoint", .address("https", "http"),
            "Address of another S3 server than Amazon's, with its path; without it, what AWS_ENDPOINT_URL_S3 or the AWS profile names"
        )
        addressing = try keys(
            "addressing", .choice, or: "auto",
            "Where that server wants the bucket's name: in the path or before the host; auto is the host at Amazon's and the path elsewhere"
        )
        prefix = try keys(
            "prefix", .prefix, or: "\"\"", "Folder in the bucket; nothing beside it is touched")
        distribution = try keys(
            "distribution", .text, "CloudFront distribution to invalidate after an upload")
        directory = try keys(
            "directory", .path,
            "Folder of a web server on this machine, in the place of a bucket")
        repository = try keys(
            "repository", .text,
            "Git repository with a branch for a host of static pages, in the place of a bucket")
        branch = try keys(
            "branch", .text, or: "gh-pages", "That branch; it holds nothing but the site")
        maxDeletes = try keys(
            "maxDeletes", .count(0...1_000_000), or: "256",
            "More deletes than this in one run are refused as a whole")
        try keys.require(
            !(repository.map(Self.namesUser) ?? false), "repository",
            "names and passwords do not belong here; git has its credential helpers for them")
        let places = [("directory", directory), ("repository", repository), ("bucket", bucket)]
            .filter { $0.1 != nil }
        // Of two, the one that is not the usual is named.
        let last = places.last { $0.0 != "bucket" }
        try keys.require(
            places.count < 2, last?.0 ?? "",
            "the site goes to one of bucket, directory and repository, not to several")
    }

    /// Whether an address of the web has something before an `@`, which may be a token; or one that lost its
    /// scheme a name and a password.
    private static func namesUser(_ address: String) -> Bool {
        guard let scheme = address.firstRange(of: "://") else {
            let name = address.prefix { $0 != ":" }
            return !name.contains { "@/".contains($0) } && address[name.endIndex...].contains("@")
        }
        return address.lowercased().hasPrefix("http")
            && address[scheme.upperBound...].prefix { $0 != "/" }.contains("@")
    }
}

extension Settings {
    /// Who is told how a publish went.
    struct Hooks: Hashable, Sendable {
        let heartbeat: String?
        let failed: String?
        let published: String?
        let timeLimit: Duration
        let metrics: String?
    }
}

extension Settings.Hooks {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        heartbeat = try keys(
            "heartbeat", .address("https", "http", anyHost: true),
            "Address of a monitor that is told of each publish, as healthchecks.io takes it: /start, nothing or /fail behind it"
        ).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        failed = try keys(
            "failed", .text,
            "Command for the shell if a publish did not end well; it gets the report as JSON on its standard input, once a day for the same fault"
        )
        published = try keys(
            "published", .text,
            "Command for the shell if there is something new; it gets the same report")
        timeLimit = try keys(
            "timeLimit", .duration, or: "60s", "Time that such a command may take")
        metrics = try keys(
            "metrics", .path,
            "File written after each publish for the textfile collector of Prometheus' node exporter, such as /var/lib/node_exporter/tidemark.prom"
        )
    }
}
