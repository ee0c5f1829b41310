import Archive
import SiteGen

/// The archive, into the output folder. The caller holds the output's lock.
struct BuildStep {
    let context: RunContext
    let settings: Settings
    /// Whether everything is made anew, whatever an earlier build left.
    var isWhole = false

    func run() throws -> ExitCode {
        let console = context.console
        console.progress("Building \(settings.output)…")
        let report = try SiteBuild(
            archive: ArchiveReader(folder: settings.archive), settings: settings.siteSettings,
            templates: SiteParts.templates(of: settings),
            chartScript: SiteParts.chartScript(of: settings),
            output: settings.output, isWhole: isWhole
        ).run()
        console.progress(nil)
        console.note(
            "\(settings.output): \(report.pages) pages, \(report.files) files; \(report.written) "
                + "written, \(report.removed) removed, \(report.unchanged) unchanged.")
        return .done
    }
}
