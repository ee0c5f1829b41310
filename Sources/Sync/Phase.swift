/// The steps of a publish; each is over before the next begins, so that no page is there before
/// what it leads to.
public enum Phase: Int, Comparable, CaseIterable, Sendable {
    /// Styles, scripts, pictures and data, which lead nowhere.
    case assets
    /// Pages the bucket does not have: nothing leads to them yet.
    case newPages
    /// Pages it has, which may lead to the new ones.
    case pages
    /// What readers and crawlers come in by: front page, feeds, sitemap, the latest list.
    case entrances
    case deletes

    public static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }

    /// Of an upload; `isNew` if the bucket has no such object.
    init(path: SitePath, isNew: Bool) {
        let name =
            path.text.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) } ?? ""
        let entrances = [
            "feed.xml", "feed.json", "latest.json", "robots.txt", "sitemap.xml", "status.json",
        ]
        if path.text == "index.html" || entrances.contains(name) {
            self = .entrances
        } else if name.hasSuffix(".html") {
            self = isNew ? .newPages : .pages
        } else {
            self = .assets
        }
    }
}
