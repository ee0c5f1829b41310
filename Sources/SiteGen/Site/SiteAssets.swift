import Digest
import Files
import Output

/// The files that pages load: named by their content, so that they can be cached for ever.
struct SiteAssets: Sendable {
    let style: Asset
    let script: Asset
    let chart: Asset
    let icon: Asset
    /// For what shows no SVG.
    let iconImage: Asset
    /// What goes on now, on the front page.
    let live: Asset
    /// Light or dark, before anything is painted.
    let theme: Asset
    /// What `latest.json` holds; found beside it, by a name that stays.
    let schema: Asset

    var all: [Asset] { [style, script, chart, icon, iconImage, theme, live, schema] }

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
    init(templates: String, chartScript: String) throws(SiteError) {
        style = try Self.asset("style", "css", templates + "/assets/style.css")
        script = try Self.asset("page", "js", templates + "/assets/page.js")
        icon = try Self.asset("icon", "svg", templates + "/assets/icon.svg")
        iconImage = try Self.asset("icon", "png", templates + "/assets/icon.png")
        theme = try Self.asset("theme", "js", templates + "/assets/theme.js")
        live = try Self.asset("live", "js", templates + "/assets/live.js")
        chart = try Self.asset("chart", "js", chartScript)
        let schema = try Self.asset(
            "schema", "json", templates + "/assets/latest.schema.json")
        self.schema = Asset(
            path: ArchiveCopies.folder + "/latest.schema.json", integrity: schema.integrity,
            bytes: schema.bytes)
    }

    private static func asset(
        _ name: String, _ ending: String, _ file: String
    ) throws(SiteError) -> Asset {
        let bytes = try SiteError.onDisk { () throws(FileError) in try WholeFile.read(file) }
        return Asset(
            path: "\(SiteLayout.assets)/\(name).\(SHA256(of: bytes).hex.prefix(10)).\(ending)",
            integrity: "sha384-" + SHA384(of: bytes).base64,
            bytes: bytes)
    }
}
