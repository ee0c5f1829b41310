/// Where the files a site is made of lie: what is not set is looked for.
enum SiteFiles {
    /// The folder of the templates: the setting, else `Templates` beside the configuration, else
    /// where `make install` puts them.
    static func templates(of settings: Settings) throws(SiteFilesError) -> String {
        let beside = FilePlace.folder(of: settings.file ?? SettingsLoader.standardFile)
        let places =
            settings.templates.map { [$0] } ?? [FilePlace.joined(beside, "Templates")] + installed
        guard let found = places.first(where: FilePlace.isFolder) else {
            throw .noTemplates(places: places)
        }
        return found
    }

    /// Chart.js: the setting, else what the distribution's libjs-chart.js installs.
    static func chartScript(of settings: Settings) throws(SiteFilesError) -> String {
        let packaged = ["chart.min.js", "chart.umd.min.js", "chart.umd.js"]
            .map { "/usr/share/javascript/chart.js/\($0)" }
        let places = settings.chartScript.map { [$0] } ?? packaged
        guard let found = places.first(where: FilePlace.isFile) else {
            throw .noChartScript(places: places)
        }
        return found
    }

    private static var installed: [String] {
        guard let program = FilePlace.resolved("/proc/self/exe") else { return [] }
        let prefix = FilePlace.folder(of: FilePlace.folder(of: program))
        return [FilePlace.joined(prefix, "share/tidemark/Templates")]
    }
}
