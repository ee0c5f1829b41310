import Archive

/// Makes the site of an archive: the same archive, settings and templates make the same bytes.
public struct SiteBuild: Sendable {
    let archive: ArchiveReader
    let settings: SiteSettings
    let templates: String
    let chartScript: String
    let output: String
    let digest: DigestFunction

    /// - Parameters:
    ///   - templates: The folder of the templates and, below it, `assets/`.
    ///   - chartScript: The file of Chart.js, version 3 or 4, as one script.
    ///   - output: The folder to be replaced; new, empty, or made by an earlier build.
    ///   - digest: SHA-256 and SHA-384.
    public init(
        archive: ArchiveReader, settings: SiteSettings, templates: String, chartScript: String,
        output: String, digest: @escaping DigestFunction
    ) {
        self.archive = archive
        self.settings = settings
        self.templates = templates
        self.chartScript = chartScript
        self.output = output
        self.digest = digest
    }

    /// Reads the archive, renders, checks, swaps. If it throws, the site is as it was before.
    public func run() throws(SiteError) -> BuildReport {
        let library = try TemplateLibrary(folder: templates, shows: SitePages.views)
        let assets = try SiteAssets(templates: templates, chartScript: chartScript, digest: digest)
        let history = try History(
            archive: archive, settings: settings, slug: Slug(digest: digest))
        let copies = ArchiveCopies(of: history, in: archive.folder)
        let pages = SitePages(
            site: Site(
                history: history, settings: settings,
                tails: try RecentTails(history, in: archive)), library: library, assets: assets,
            copies: copies)

        var staging = try StagingTree(output: output)
        do throws(SiteError) {
            return try fill(&staging, with: pages, assets, copies)
        } catch {
            // On a full disk the half of a site would stand in the way of the next window.
            staging.discard()
            throw error
        }
    }

    private func fill(
        _ staging: inout StagingTree, with pages: SitePages, _ assets: SiteAssets,
        _ copies: ArchiveCopies
    ) throws(SiteError) -> BuildReport {
        for asset in assets.all { try staging.add(asset.path, asset.bytes) }
        for (path, keyColumn) in copies.files {
            try staging.add(path, copies.bytes(of: path, keyColumn: keyColumn))
        }
        let pageCount = try pages.write(into: &staging)
        let check = try SiteCheck(
            folder: staging.folder, files: staging.files,
            prefix: Linker(pathOf: settings.url).file("").target)
        guard check.faults.isEmpty else { throw .unsound(check.faults) }
        let fileCount = staging.files.count
        let change = try staging.swap()
        return BuildReport(
            pages: pageCount, files: fileCount, written: change.written, removed: change.removed,
            unchanged: change.unchanged)
    }
}
