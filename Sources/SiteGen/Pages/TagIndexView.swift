/// The way to every hashtag of the archive: those listed most often, and the letters they begin with.
struct TagIndexView: PageView {
    static let template = "tags"

    var title: String { "Tags" }
    let summary: String
    /// How many there are, in a sentence.
    let count: String
    let hasTags: Bool
    let frequent: [CountedHashtagView]
    let letters: [LetterLinkView]

    init(_ site: Site, _ letters: LetterIndex, _ linker: Linker) {
        let tags = site.history.tags
        let list = Wording.top(site.settings.top)
        count =
            tags.isEmpty
            ? "No hashtag has been in the \(list) or trending yet."
            : Wording.atLeast(tags.count)
                + Wording.noun(tags.count, " hashtag that was", " hashtags that were")
                + " ever in the \(list) or trending."
        hasTags = !tags.isEmpty
        summary =
            "All hashtags that were ever in the \(list) or trending, with the history of each."
        frequent = tags.mostListed(100).map {
            CountedHashtagView(tags.listing($0), linker)
        }
        self.letters = letters.roots.map { LetterLinkView($0, linker) }
    }
}

/// The hashtags that begin with the same letters, or where they are too many, the pages of longer beginnings.
struct LettersView: PageView {
    static let template = "letters"

    let title: String
    let summary: String
    let letters: String
    /// `top ten`
    let list: String
    let trail: [PlaceView]
    let hasLonger: Bool
    let longer: [LetterLinkView]
    let hasTags: Bool
    let tags: [CountedHashtagView]

    init(_ node: LetterIndex.Node, _ site: Site, _ index: LetterIndex, _ linker: Linker) {
        letters = Spelling(node.label, key: node.name).text
        list = Wording.top(site.settings.top)
        title = "Tags: \(letters)"
        let count = Wording.count(node.range.count, "hashtag begins", "hashtags begin")
        summary = "\(count) with \(letters)."
        trail = [PlaceView(.tags, linker)]
        hasLonger = !node.children.isEmpty
        longer = node.children.map { LetterLinkView($0, linker) }
        hasTags = !node.listed.isEmpty
        tags = index.order[node.listed].map {
            CountedHashtagView(site.history.tags.listing($0), linker)
        }
    }
}

/// A page of the index, and how many hashtags are on it and below it at least.
struct LetterLinkView: View {
    let letters: String
    let lettersLink: Link
    let tags: String

    init(_ node: LetterIndex.Node, _ linker: Linker) {
        letters = Spelling(node.label, key: node.name).text
        lettersLink = linker.to(.letters(name: node.name))
        tags = Wording.atLeast(node.range.count)
    }
}
