/// Every hashtag of the archive, by its first letter.
struct TagIndexView: PageView {
    static let template = "tags"

    var title: String { "Tags" }
    let summary: String
    let count: String
    let frequent: [TagLinkView]
    let groups: [GroupView]

    struct GroupView: View {
        let initial: String
        let tags: [TagLinkView]
    }

    struct TagLinkView: View {
        let tag: String
        let tagLink: Link
        let windows: String
    }

    init(_ site: Site, _ linker: Linker) {
        let tags = site.history.tags
        func view(_ tag: TagHistory) -> TagLinkView {
            TagLinkView(
                tag: tag.spelling.text, tagLink: linker.to(.tag(slug: tag.slug)),
                windows: Wording.count(tag.windowCount, "window", "windows"))
        }
        count = Wording.count(tags.count, "hashtag", "hashtags")
        summary = "All \(count) that were ever in a list, with the history of each."
        frequent = tags.map { (tag: $0, windows: $0.windowCount) }
            .sorted { ($1.windows, $0.tag.key) < ($0.windows, $1.tag.key) }
            .prefix(24).map { view($0.tag) }
        var groups: [(initial: String, tags: [TagLinkView])] = []
        for tag in tags {
            let initial = Self.initial(of: tag)
            if groups.last?.initial != initial { groups.append((initial, [])) }
            groups[groups.count - 1].tags.append(view(tag))
        }
        self.groups = groups.map { GroupView(initial: $0.initial, tags: $0.tags) }
    }

    /// The first scalar of the key, `0–9` for digits, `#` for what is neither letter nor digit.
    private static func initial(of tag: TagHistory) -> String {
        guard let first = tag.key.text.unicodeScalars.first else { return "#" }
        if first.properties.numericType != nil { return "0–9" }
        return first.properties.isAlphabetic ? first.properties.uppercaseMapping : "#"
    }
}
