import Archive
import Calendar
import Files
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
    let dynamodb: Table
    let hooks: Hooks
}

extension Settings {
    init(_ keys: inout SettingKeys, file: String?) throws(SettingsError) {
        self.file = file
        site = try keys.section("site", Site.init)
        window = try keys.section("window", Window.init)
        let filters = try keys.section("filters") { keys throws(SettingsError) in
            try Filters(&keys)
        }
        self.filters = filters
        context = try keys.section("context", Context.init)
        warnings = try keys.section("warnings", DoubtLimits.init)
        let places = try Places(&keys)
        (archive, output) = (places.archive, places.output)
        (templates, chartScript) = (places.templates, places.chartScript)
        let sources = try keys.named("sources") { name, keys throws(SettingsError) in
            try Source(name, &keys, filters)
        }
        self.sources = try sources.isEmpty ? [.sample(filters)] : Self.resolved(sources, keys)
        isDemonstration = sources.isEmpty
        publish = try keys.section("publish", Publish.init)
        dynamodb = try keys.section("dynamodb", Table.init)
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

    /// Gives each edition what its source is read by.
    private static func resolved(
        _ sources: [Source], _ keys: SettingKeys
    ) throws(SettingsError) -> [Source] {
        var resolved = sources
        for (index, source) in sources.enumerated() {
            guard let name = source.of else { continue }
            let parent = sources.first { $0.name == name && $0.of == nil }
            try keys.require(
                parent != nil, "sources.\(source.name).of",
                "must be the name of a source that is read itself")
            if let parent { resolved[index].kind = parent.kind }
        }
        return resolved
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
