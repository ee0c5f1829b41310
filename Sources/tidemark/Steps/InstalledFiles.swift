import FoundationEssentials

/// Files that come with Tidemark or with the distribution, where the settings do not name them.
enum InstalledFiles {
    /// Beside the configuration, in the working folder, or where `make install` puts them.
    static func templates(_ settings: Settings) throws -> String {
        let beside = settings.file.map { FilePlace.joined(FilePlace.folder(of: $0), "Templates") }
        return try first(
            settings.templates, among: [beside, "Templates", installed].compactMap(\.self),
            key: "templates", isThere: FilePlace.isFolder)
    }

    /// Debian's package has the first name.
    static func chartScript(_ settings: Settings) throws -> String {
        try first(
            settings.chartScript,
            among: [
                "/usr/share/javascript/chart.js/chart.min.js",
                "/usr/share/javascript/chart.js/Chart.min.js",
            ], key: "chartScript", isThere: FilePlace.isFile)
    }

    private static var installed: String? {
        FilePlace.resolved("/proc/self/exe").map {
            FilePlace.folder(of: FilePlace.folder(of: $0)) + "/share/tidemark/Templates"
        }
    }

    private static func first(
        _ named: String?, among places: [String], key: String, isThere: (String) -> Bool
    ) throws -> String {
        if let named { return named }
        guard let found = places.first(where: isThere) else {
            throw MissingFile(key: key, places: places)
        }
        return found
    }

    private struct MissingFile: ExitCoded, CustomStringConvertible {
        let key: String
        let places: [String]

        var description: String {
            "\(key): nothing at \(places.joined(separator: ", ")); set \(key) to where it is"
        }
        var exitCode: ExitCode { .configuration }
    }
}
