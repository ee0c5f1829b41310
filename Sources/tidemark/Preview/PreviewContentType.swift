/// The Content-Type of a site's file by its name.
enum PreviewContentType {
    static func of(_ path: String) -> String {
        let name = FilePlace.name(of: path)
        if name == "feed.xml" { return "application/rss+xml; charset=utf-8" }
        if name == "feed.json" { return "application/feed+json; charset=utf-8" }
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? ""
        switch ending {
        case "html": return "text/html; charset=utf-8"
        case "css": return "text/css; charset=utf-8"
        case "js": return "text/javascript; charset=utf-8"
        case "json": return "application/json; charset=utf-8"
        case "xml": return "application/xml; charset=utf-8"
        case "csv": return "text/csv; charset=utf-8"
        case "txt": return "text/plain; charset=utf-8"
        case "svg": return "image/svg+xml; charset=utf-8"
        case "png": return "image/png"
        case "ico": return "image/x-icon"
        default: return "application/octet-stream"
        }
    }
}
