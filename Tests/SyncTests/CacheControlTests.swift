import Sync
import Testing

@Suite struct CacheControlTests {
    @Test(arguments: [
        ("assets/style.0123abcd.css", true), ("assets/chart.umd.0123456789abcdef.js", true),
        ("assets/style.css", false), ("assets/style.0123abc.css", false),
        ("assets/style.0123ABCD.css", false),
        ("assets/0123abcd.css", false), ("data/x.0123abcd.csv", false), ("index.html", false),
    ])
    func `Only an asset with a hash in its name is kept for ever`(_ path: String, isKept: Bool) {
        #expect(CacheControl(path: path).text.contains("immutable") == isKept)
    }
}
