import Archive
import Files
import Output
import Text

/// Makes the site of an archive: the same archive, settings and templates make the same bytes.
///
/// A build leaves a record beside the output folder, and the next one renders what the archive's new windows
/// change. Without a record, or in any doubt about it, the whole site is made.
public struct SiteBuild: Sendable {
    let archive: ArchiveReader
    let settings: SiteSettings
    /// That of the site's address as the operator wrote it.
    private let host: String?
    let templates: String
    let chartScript: String
    let output: String
    let isWhole: Bool
    private let looksAtAll: Bool
    /// How many files are looked at if not all are.
    var lookedAt = FileList.lookedAt
    /// From how many files or rows on the record tells only what is otherwise than in an older one.
    var basedFrom = FileList.lookedAt
    private let didRender: @Sendable (_ of: Int) -> Void
    /// Nanoseconds since 1970; tells which files of the archive may still change unseen.
    var clock: @Sendable () -> Int64 = { FileStamp.now }

    /// - Parameters:
    ///   - templates: The folder of the templates and, below it, `assets/`.
    ///   - chartScript: The file of Chart.js, version 3 or 4, as one script.
    ///   - output: The folder to be replaced; new, empty, or made by an earlier build.
    ///   - isWhole: Whether everything is made anew, whatever an earlier build left, and what no build made is
    ///     taken away.
    ///   - looksAtAll: Whether all files of the site are looked at, for one that another has changed; else those of a
    ///     large site in turns, some at each build.
    ///   - didRender: Called for each file that is rendered where all are, with the number of all; from any thread.
    public init(
        archive: ArchiveReader, settings: SiteSettings, templates: String, chartScript: String,
        output: String, isWhole: Bool = false, looksAtAll: Bool = true,
        didRender: @escaping @Sendable (_ of: Int) -> Void = { _ in }
    ) {
        self.archive = archive
        var written = settings
        written.url = settings.url.map(SiteAddress.ascii)
        self.settings = written
        host = settings.url.flatMap(SiteAddress.host)
        self.templates = templates
        self.chartScript = chartScript
        self.output = output
        self.isWhole = isWhole
        self.looksAtAll = looksAtAll
        self.didRender = didRender
    }

    /// Reads the archive, renders, checks, puts in place. If it throws, the site is as it was before.
    public func run() throws(SiteError) -> BuildReport {
        if isWhole || looksAtAll { return try run(lookingAt: nil) }
        do throws(SiteError) {
            return try run(lookingAt: lookedAt)
        } catch {
            // It may be for a file that was not looked at.
            return try run(lookingAt: nil)
        }
    }

    /// - Parameter count: How many files of the site are looked at; nil for all.
    private func run(lookingAt count: Int?) throws(SiteError) -> BuildReport {
        let output = OutputFolder(output)
        let library = try TemplateLibrary(folder: templates, shows: SitePages.views)
        let assets = try SiteAssets(templates: templates, chartScript: chartScript)
        try SiteError.onDisk { () throws(FileError) in try SitePatch.finish(in: output) }
        try output.refuseForeign()
        let withdrawn = try reading { () throws(ArchiveError) in
            try archive.withdrawals()
        }
        let kept = try reading { () throws(ArchiveError) in
            try FeedAuthority(archive: archive.folder).kept()
        }
        let feed = try SiteError.onDisk { () throws(FileError) in
            try WholeFile.readIfPresent("\(output.path)/\(FeedView.path)")
        }
        // What was so before it was kept stands in the feed that is there.
        let authority = host.flatMap { kept ?? feed.flatMap(FeedView.authority) ?? $0 }
        var settings = settings
        settings.rules = try reading { () throws(ArchiveError) in try archive.rules() }
        settings.schedule = settings.rules.schedule(or: settings.schedule)
        let frame = try SiteFrame(
            settings: settings, templates: library, assets: assets, withdrawn: withdrawn,
            authority: authority
        ).digest
        var record = isWhole ? nil : BuildRecord(of: output, frame: frame, lookingAt: count)
        let stamps = record?.stamps ?? ArchiveStamps()
        let update = try reading { () throws(ArchiveError) in
            try ArchiveUpdate(
                archive: archive, places: settings.rules.mostPlaces(or: settings.top),
                withdrawn: withdrawn,
                tables: record?.takeTables() ?? ArchiveTables(), stamps: stamps, now: clock())
        }
        guard !update.tables.windows.isEmpty else {
            throw .emptyArchive(folder: archive.folder)
        }
        if kept == nil, let authority {
            // Where the archive cannot be written, the next build finds it in the feed.
            try? FeedAuthority(archive: archive.folder).keep(authority)
        }
        if let record, update.change.isNothing { return .unchanged(record.files) }
        let history = History(
            update.tables, withdrawn: withdrawn, settings: settings)
        let copies = ArchiveCopies(update.stamps, withdrawn: withdrawn, in: archive.folder)
        let pages = SitePages(
            site: Site(
                history: history, settings: settings,
                tails: try RecentTails(history, in: archive),
                tagTails: try TagTails(
                    history, of: update.change.isEverything ? nil : update.change.tags,
                    in: archive),
                contexts: try Contexts(history, update.change, in: archive),
                merged: try MergedSlots(history, update.change, settings: settings, in: archive),
                authority: authority,
                feedBefore: feed,
                withheld: try reading { () throws(ArchiveError) in
                    try history.latestWithheld(in: archive)
                }
            ), library: library, assets: assets,
            copies: copies, letters: LetterIndex(history))
        let packages = DataPackages(
            copies: copies, settings: settings, last: history.last,
            isDemonstration: history.isDemonstration)
        func files(_ change: Change, over known: FileList?) -> [SiteFile] {
            copies.files(change, over: known) + packages.files(change, over: known)
                + pages.files(change, over: known)
        }
        if let record, !update.change.isEverything {
            let patch = try SiteError.onDisk { () throws(FileError) in try SitePatch(output: output)
            }
            defer { patch.discard() }
            return try PartialBuild(
                patch: patch, record: record, update: update, frame: frame, basedFrom: basedFrom,
                prefix: prefix
            ).run(files(update.change, over: record.files))
        }
        return try WholeBuild(
            output: output, update: update, frame: frame, basedFrom: basedFrom, prefix: prefix,
            keepsForeign: !isWhole, didRender: didRender
        ).run(assets.files + files(.everything, over: nil))
    }

    /// The path of the site's root, for its links.
    private var prefix: String { Linker(pathOf: settings.url).file("").target }

    private func reading<Result>(
        _ body: () throws(ArchiveError) -> Result
    ) throws(SiteError) -> Result {
        do throws(ArchiveError) { return try body() } catch { throw .archive(error) }
    }
}

/// What a build did to the output folder.
public struct BuildReport: Hashable, Sendable {
    /// HTML pages of the site.
    public var pages: Int
    /// All files of the site, without the marker.
    public var files: Int
    /// Files made or changed.
    public var written: Int
    /// Files that are no longer part of the site.
    public var removed: Int
    /// Files left alone, with inode and modification time.
    public var unchanged: Int
    /// Whether every file was rendered anew: as there was no site, or it was asked for, or settings, templates or the
    /// program were other ones.
    public var isWhole = false
    /// The files of the site.
    public var list = FileList([])
}

extension BuildReport {
    /// Of a build that had nothing to do.
    static func unchanged(_ list: FileList) -> BuildReport {
        BuildReport(
            pages: list.pageCount, files: list.files.count, written: 0, removed: 0,
            unchanged: list.files.count, list: list)
    }
}
