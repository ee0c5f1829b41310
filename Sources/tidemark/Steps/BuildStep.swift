import Archive
import Files
import Output
import SiteGen
import Text

/// The archive, into the output folder. The caller holds the output's lock.
struct BuildStep {
    let context: RunContext
    let settings: Settings
    /// Whether everything is made anew, whatever an earlier build left.
    var isWhole = false
    /// Whether all files of the site are looked at, or those of a large one in turns.
    var looksAtAll = true

    func run() throws -> BuildReport {
        let console = context.console
        console.progress("Building \(settings.output)…")
        var site = settings.siteSettings
        if site.url == nil {
            site.url = settings.website(context)
            tell(site.url)
        }
        let start = ContinuousClock.now
        let line = PieceLine("Rendering \(settings.output)", on: console)
        let report = try SiteBuild(
            archive: ArchiveReader(folder: settings.archive), settings: site,
            templates: SiteParts.templates(of: settings),
            chartScript: SiteParts.chartScript(of: settings),
            output: settings.output, isWhole: isWhole,
            looksAtAll: looksAtAll, didRender: { line.advance(of: $0) }
        ).run()
        console.progress(nil)
        let seconds = Int((ContinuousClock.now - start).components.seconds) + 1
        if report.isWhole { context.record.rendered = (report.files, seconds) }
        console.note(
            "\(settings.output): \(quantity(report.pages, "page")), \(quantity(report.files, "file")); "
                + "\(report.written) written, \(report.removed) removed, \(report.unchanged) unchanged."
                + (report.isWhole ? " All were rendered anew, in \(seconds) s." : ""))
        return report
    }

    /// Says once what is taken for the site's address, which nobody has set. A demonstration goes nowhere.
    private func tell(_ address: String?) {
        guard settings.file != nil || settings.publish.hasPlace else { return }
        let place = OutputFolder(settings.output).companion + "/address"
        let text = Array((address ?? "").utf8)
        guard (try? WholeFile.readIfPresent(place)) != text else { return }
        context.console.warn(settings.sentence(onAddress: address) + " (said once)")
        try? WholeFile.write(text, to: place)
    }
}

extension Settings {
    /// Where S3 shows the bucket of the site, without a slash at the end; nil where that cannot be known, and where
    /// readers come by a distribution before it.
    func website(_ context: RunContext) -> String? {
        guard publish.bucket != nil, publish.distribution == nil,
            let host = try? PublishPlace(self, context).bucket().website
        else { return nil }
        return SiteAddress.ascii(
            publish.prefix.isEmpty ? host : "\(host)/\(publish.prefix.dropLast())")
    }

    /// What it means that `site.url` is not set.
    func sentence(onAddress address: String?) -> String {
        address.map {
            "site.url is not set: the feed, the sitemap and canonical links say \($0)/, where S3 shows the "
                + "bucket; set it if readers come by another address"
        }
            ?? "site.url is not set, and Tidemark cannot know where readers find the site: it has no feed and no "
            + "sitemap until you set it"
    }
}
