import Foundation

/// A site before and after a publish: new pages and feeds, changed ones, removed ones, another style.
enum FaultSite {
    /// - Parameters:
    ///   - size: about how many files the publish brings.
    ///   - isNew: whether it is the site after it.
    static func files(size: Int, isNew: Bool) -> [String: String] {
        let count = max(3, size / 3)
        let moved = max(1, count / 10)
        // Pages of the old site alone, of both, of the new one alone.
        let tags = isNew ? moved..<count + moved : 0..<count
        let style = isNew ? "assets/style.22222222.css" : "assets/style.11111111.css"
        let state = isNew ? "after" : "before"

        func page(_ depth: Int, _ links: [String]) -> String {
            let up = String(repeating: "../", count: depth)
            let all =
                ["", "about/", "feed.xml", "data/latest.json", "data/windows/2026.csv"] + links
            return "<!doctype html><title>\(state)</title>\n"
                + "<link rel=\"stylesheet\" href=\"\(up)\(style)\">\n"
                + all.map { "<a href=\"\(up)\($0)\">\($0)</a>\n" }.joined()
        }
        func feed(_ links: [String]) -> String {
            "<rss version=\"2.0\"><channel><title>\(state)</title>"
                + links.map { "<item><link>https://trends.example/\($0)</link></item>" }.joined()
                + "</channel></rss>"
        }

        let pages = tags.map { "tags/\($0)/" }
        let rows = (0..<(isNew ? 2 : 1)).map { "2026-11-22T0\($0):00:00Z,sky\n" }
        var files = [
            "index.html": page(0, pages), "about/index.html": page(1, []),
            style: "body { background: url(\"\(isNew ? "b" : "a").22222222.svg\") }",
            "assets/\(isNew ? "b" : "a").22222222.svg": "<svg/>",
            "feed.xml": feed(pages),
            "sitemap.xml": "<urlset>"
                + pages.map {
                    "<url><loc>https://trends.example/\($0)</loc></url>"
                }.joined() + "</urlset>",
            "robots.txt": "Sitemap: https://trends.example/sitemap.xml\n",
            "data/windows/2026.csv": "slot,source\n" + rows.joined(),
            "data/latest.json": "{\"state\":\"\(state)\"}",
        ]
        for number in tags {
            let next = number + 1 < tags.upperBound ? number + 1 : tags.lowerBound
            files["tags/\(number)/index.html"] = page(
                2, ["tags/\(next)/", "tags/\(number)/feed.xml", "data/top/\(number).csv"])
            files["tags/\(number)/feed.xml"] = feed(["tags/\(number)/"])
        }
        // The archive only grows.
        for number in 0..<tags.upperBound {
            files["data/top/\(number).csv"] = "slot,tag\n2026-11-22T00:00:00Z,\(number)\n"
        }
        return files
    }
}
