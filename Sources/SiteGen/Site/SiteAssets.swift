import Files
import FoundationEssentials

/// The files that pages load: named by their content, so that they can be cached for ever.
struct SiteAssets: Sendable {
    let style: Asset
    let script: Asset
    let chart: Asset
    let icon: Asset
    /// What `latest.json` holds; found beside it, by a name that stays.
    let schema: Asset

    var all: [Asset] { [style, script, chart, icon, schema] }

    var files: [SiteFile] {
        all.map { asset in
            SiteFile(path: asset.path) { () throws(SiteError) in asset.bytes }
        }
    }

    struct Asset: Sendable {
        /// `assets/style.0123456789.css`
        let path: String
        /// For the `integrity` attribute, by W3C Subresource Integrity.
        let integrity: String
        let bytes: [UInt8]
    }

    /// Reads `assets/` of the templates' folder, and Chart.js from where the system has it.
    init(templates: String, chartScript: String, digest: DigestFunction) throws(SiteError) {
        style = try Self.asset("style", "css", templates + "/assets/style.css", digest)
        script = try Self.asset("page", "js", templates + "/assets/page.js", digest)
        icon = try Self.asset("icon", "svg", templates + "/assets/icon.svg", digest)
        chart = try Self.asset("chart", "js", chartScript, digest)
        let schema = try Self.asset(
            "schema", "json", templates + "/assets/latest.schema.json", digest)
        self.schema = Asset(
            path: ArchiveCopies.folder + "/latest.schema.json", integrity: schema.integrity,
            bytes: schema.bytes)
    }

    private static func asset(
        _ name: String, _ ending: String, _ file: String, _ digest: DigestFunction
    ) throws(SiteError) -> Asset {
        let bytes = try SiteError.onDisk { () throws(FileError) in try WholeFile.read(file) }
        let hash = String(
            decoding: digest(bytes, .sha256).prefix(5).flatMap { hexadecimal($0) }, as: UTF8.self)
        return Asset(
            path: "assets/\(name).\(hash).\(ending)",
            integrity: "sha384-" + Data(digest(bytes, .sha384)).base64EncodedString(),
            bytes: bytes)
    }
}
