/// The way to every hashtag of the archive: those listed most often, and the letters they begin with.
struct TagIndexView: PageView {
    static let template = "tags"

    var title: String { "Tags" }
    let summary: String
    let count: String
    let frequent: [TagLinkView]
    let letters: [LetterLinkView]

    init(_ site: Site, _ letters: LetterIndex, _ linker: Linker) {
        let tags = site.history.tags
        count = Wording.count(tags.count, "hashtag", "hashtags")
        summary = "All \(count) that were ever in a list, with the history of each."
        frequent = tags.mostListed(100).map { TagLinkView(tags.listing($0), linker) }
        self.letters = letters.roots.map { LetterLinkView($0, linker) }
    }
}

/// A hashtag in an index.
struct TagLinkView: View {
    let tag: String
    let tagLink: Link
    let windows: String

    init(_ tag: TagHistories.Listing, _ linker: Linker) {
        self.tag = tag.spelling.text
        tagLink = linker.to(.tag(slug: tag.slug))
        windows = Wording.count(tag.windowCount, "window", "windows")
    }
}

/// A page of the index, and how many hashtags are on it and below it.
struct LetterLinkView: View {
    let letters: String
    let lettersLink: Link
    let tags: String

    init(_ node: LetterIndex.Node, _ linker: Linker) {
        letters = Spelling(node.label, key: node.name).text
        lettersLink = linker.to(.letters(name: node.name))
        tags = Wording.number(node.range.count)
    }
}
