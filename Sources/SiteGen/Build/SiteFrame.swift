import Archive
import Digest
import Files
import Text

/// All that every page is made of beside the archive: settings, templates, assets, withdrawn keys, and the
/// program itself. Where any of it is different, every page may be.
struct SiteFrame {
    /// SHA-256.
    let digest: [UInt8]

    init(
        settings: SiteSettings, templates: TemplateLibrary, assets: SiteAssets,
        withdrawn: Withdrawals, authority: String?
    ) throws(SiteError) {
        var bytes: [UInt8] = []
        func add(_ part: some Sequence<UInt8>) {
            let part = Array(part)
            bytes += "\(part.count):".utf8
            bytes += part
        }
        for text in [
            settings.title, settings.url ?? "", settings.description, settings.language,
            "\(settings.schedule) \(settings.top) \(settings.rankedByPosts) \(settings.hasLiveSources)",
            "\(settings.keepsRelated) \(settings.keepsLinks)",
            settings.dataLicence, settings.contact ?? "", settings.version, authority ?? "",
        ] { add(text.utf8) }
        let servers = settings.mastodonServers.map { "\($0) \($1)" }.sorted()
        let kinds = settings.sourceKinds.map { "\($0) \($1)" }.sorted()
        let editions = settings.editions.map { "\($0) \($1)" }.sorted()
        let titles = settings.sourceTitles.map { "\($0) \($1)" }.sorted()
        for list in [
            settings.sources, titles, kinds, editions, servers, settings.filters,
            withdrawn.lines.map(\.tag),
        ] {
            add("\(list.count)".utf8)
            for text in list { add(text.utf8) }
        }
        for row in settings.rules.rows {
            add("\(row.since) \(row.setting) \(row.source) \(row.value)".utf8)
        }
        add(templates.source)
        for asset in assets.all {
            add(asset.path.utf8)
            add(asset.integrity.utf8)
        }
        // Another program may make other pages, whatever its version says.
        let program = try SiteError.onDisk { () throws(FileError) in
            try FileStamp("/proc/self/exe", now: .max)
        }
        add("\(program.inode) \(program.byteCount) \(program.modified)".utf8)
        self.digest = SHA256(of: bytes).bytes
    }
}
