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

/// Who is told how a publish went, and what of the settings that takes: the rest may be wrong.
struct Audience: Hashable, Sendable {
    let hooks: Settings.Hooks
    let archive: String
    let output: String
    /// `site.url`
    let site: String?
}

extension Settings {
    var audience: Audience {
        Audience(hooks: hooks, archive: archive, output: output, site: site.url)
    }
}

extension Audience {
    /// The sections and keys that it is read from by itself, without `site`.
    static let sections: Set = ["hooks", "archive", "output"]

    init(_ keys: inout SettingKeys) throws(SettingsError) {
        hooks = try keys.section("hooks", Settings.Hooks.init)
        let places = try Settings.Places(&keys)
        (archive, output) = (places.archive, places.output)
        site = nil
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
