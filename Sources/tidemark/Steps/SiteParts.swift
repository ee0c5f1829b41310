import Files

/// Where the files that a site is made of, beside the archive, lie: what is not set is looked for.
enum SiteParts {
    /// The folder of the templates: the setting, else `Templates` beside the configuration, else
    /// where `make install` puts them.
    static func templates(of settings: Settings) throws -> String {
        let beside = FilePlace.folder(of: settings.file ?? SettingsLoader.standardFile)
        let places =
            try settings.templates.map { [$0] }
            ?? [FilePlace.joined(beside, "Templates")] + installed("Templates")
        guard let found = try places.first(where: { try FilePlace.kind(of: $0) == .folder })
        else {
            throw SitePartsError.noTemplates(places: places)
        }
        return found
    }

    /// The folder of what engines run: `Engines` beside the configuration, else where `make install` puts it; nil if
    /// neither is there.
    static func engines(of settings: Settings) throws(FileError) -> String? {
        let beside = FilePlace.folder(of: settings.file ?? SettingsLoader.standardFile)
        let places = try [FilePlace.joined(beside, "Engines")] + installed("Engines")
        for place in places where try FilePlace.kind(of: place) == .folder { return place }
        return nil
    }

    /// Chart.js: the setting, else what the distribution's libjs-chart.js installs.
    static func chartScript(of settings: Settings) throws -> String {
        let packaged = ["chart.min.js", "chart.umd.min.js", "chart.umd.js"]
            .map { "/usr/share/javascript/chart.js/\($0)" }
        let places = settings.chartScript.map { [$0] } ?? packaged
        guard let found = try places.first(where: { try FilePlace.kind(of: $0) == .file })
        else {
            throw SitePartsError.noChartScript(places: places)
        }
        return found
    }

    private static func installed(_ name: String) throws(FileError) -> [String] {
        guard let program = try FilePlace.resolved("/proc/self/exe") else { return [] }
        let prefix = FilePlace.folder(of: FilePlace.folder(of: program))
        return [FilePlace.joined(prefix, "share/tidemark/\(name)")]
    }
}

/// Why a site cannot be built before it is begun.
enum SitePartsError: Error, Hashable {
    case noTemplates(places: [String])
    case noChartScript(places: [String])
}

extension SitePartsError: CustomStringConvertible, ExitCoded {
    var description: String {
        switch self {
        case .noTemplates(let places):
            "\(places.joined(separator: ", ")): no templates there; set templates to their folder"
        case .noChartScript(let places):
            "\(places.joined(separator: ", ")): no Chart.js there; "
                + "install libjs-chart.js or set chartScript"
        }
    }

    var exitCode: ExitCode { .configuration }
}
