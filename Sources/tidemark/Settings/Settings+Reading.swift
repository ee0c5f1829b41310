import Archive
import Files

extension Settings {
    /// Reads every key once, by its type, and checks what one key asks of another.
    init(_ reader: SettingsReader, file: String?) throws(SettingsError) {
        self.file = file
        site = try Site(reader)
        window = try Window(reader)
        filters = try Filters(reader)
        archive = try reader.required("archive", reader.path)
        output = try reader.required("output", reader.path)
        templates = try reader.path("templates")
        chartScript = try reader.path("chartScript")
        publish = try Publish(reader)
        var sources: [Source] = []
        for name in reader.sourceNames { sources.append(try Source(reader, name: name)) }
        self.sources = sources.isEmpty ? [.sample] : sources
        if Self.overlap(archive, output) {
            throw reader.unfit("output", "must not lie in the archive, nor the archive in it")
        }
        if let directory = publish.directory {
            for (name, folder) in [("output", output), ("archive", archive)]
            where Self.overlap(directory, folder) {
                throw reader.unfit(
                    "publish.directory", "must not lie in the \(name), nor the \(name) in it")
            }
        }
    }

    /// Whether one is the other or lies in it, whatever way they are written: a build puts another
    /// folder in the place of the output, with all that is in it, and a publish deletes.
    private static func overlap(_ one: String, _ other: String) -> Bool {
        let paths = [one, other].map { FilePlace.canonical($0).split(separator: "/") }
        return zip(paths[0], paths[1]).allSatisfy(==)
    }
}

extension Settings.Site {
    init(_ reader: SettingsReader) throws(SettingsError) {
        title = try reader.required("site.title", reader.text)
        url = try reader.text("site.url").map { $0.hasSuffix("/") ? $0 : $0 + "/" }
        description = try reader.required("site.description", reader.text)
        language = try reader.required("site.language", reader.text)
        dataLicence = try reader.required("site.dataLicence", reader.text)
        _ = try reader.text("site.timezone")
    }
}

extension Settings.Window {
    init(_ reader: SettingsReader) throws(SettingsError) {
        let every = try reader.required("window.every", reader.duration)
        guard every.components.seconds % 3600 == 0,
            let schedule = Schedule(hours: Int(every.components.seconds / 3600))
        else {
            throw reader.unfit("window.every", "must be 1, 2, 3, 4, 6, 8, 12 or 24 hours")
        }
        self.schedule = schedule
        length = try reader.required("window.length", reader.duration)
        guard length <= every else {
            throw reader.unfit("window.length", "must not be longer than window.every")
        }
        mode = try reader.required("window.mode") { path throws(SettingsError) in
            try reader.choice(path)
        }
        top = try reader.required("window.top", reader.count)
        rank = try reader.required("window.rank") { path throws(SettingsError) in
            try reader.choice(path)
        }
        minimumAccounts = try reader.required("window.minimumAccounts", reader.count)
    }
}

extension Settings.Filters {
    init(_ reader: SettingsReader) throws(SettingsError) {
        maxTags = try reader.required("filters.maxTags", reader.count)
        reposts = try reader.required("filters.reposts", reader.flag)
        deleted = try reader.required("filters.deleted", reader.flag)
        sensitive = try reader.required("filters.sensitive", reader.flag)
        bots = try reader.required("filters.bots", reader.flag)
        block = try reader.required("filters.block", reader.list)
        allow = try reader.required("filters.allow", reader.list)
    }
}

extension Settings.Publish {
    init(_ reader: SettingsReader) throws(SettingsError) {
        bucket = try reader.text("publish.bucket")
        region = try reader.text("publish.region")
        endpoint = try reader.text("publish.endpoint")
        let folder = try reader.required("publish.prefix", reader.text)
        prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
        distribution = try reader.text("publish.distribution")
        directory = try reader.path("publish.directory")
        repository = try reader.text("publish.repository")
        branch = try reader.required("publish.branch", reader.text)
        if let repository, Self.namesUser(repository) {
            throw reader.unfit(
                "publish.repository",
                "names and passwords do not belong here; git has its credential helpers for them")
        }
        if let one = [("directory", directory), ("repository", repository)].last(where: {
            $0.1 != nil
        }),
            [bucket, directory, repository].count(where: { $0 != nil }) > 1
        {
            throw reader.unfit(
                "publish.\(one.0)",
                "the site goes to one of bucket, directory and repository, not to several")
        }
        maxDeletes = try reader.required("publish.maxDeletes", reader.count)
    }

    /// Whether an address of the web has something before an `@`, which may be a token.
    private static func namesUser(_ address: String) -> Bool {
        guard let scheme = address.firstRange(of: "://"), address.lowercased().hasPrefix("http")
        else { return false }
        return address[scheme.upperBound...].prefix { $0 != "/" }.contains("@")
    }
}
