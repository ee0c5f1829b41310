import Sync
import Testing

@Suite struct ContentTypeTests {
    @Test(arguments: [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/style.0123abcd.css", "text/css; charset=utf-8"),
        ("assets/chart.js", "text/javascript; charset=utf-8"),
        ("data/top/2026.csv", "text/csv; charset=utf-8; header=present"),
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("tags/a/feed.xml", "application/rss+xml; charset=utf-8"),
        ("feed.json", "application/feed+json"), ("data/latest.json", "application/json"),
        ("sitemap.xml", "application/xml"), ("robots.txt", "text/plain; charset=utf-8"),
        ("assets/icon.svg", "image/svg+xml"), ("favicon.ico", "image/vnd.microsoft.icon"),
        ("data/all.tar.gz", "application/gzip"), ("font.woff2", "font/woff2"),
        ("tags/html/data", "application/octet-stream"), ("html", "application/octet-stream"),
        ("a.html/b", "application/octet-stream"), ("a.", "application/octet-stream"),
        ("", "application/octet-stream"),
    ])
    func `A file is served as what its name says`(_ path: String, type: String) {
        #expect(ContentType(path: path).text == type)
    }
}
