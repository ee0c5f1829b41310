/// The hashtags that begin with the same letters, or where they are too many, the pages of longer beginnings.
struct LettersView: PageView {
    static let template = "letters"

    let title: String
    let summary: String
    let letters: String
    let index: Link
    let longer: [LetterLinkView]
    let tags: [TagLinkView]

    init(_ node: LetterIndex.Node, _ site: Site, _ index: LetterIndex, _ linker: Linker) {
        letters = Spelling(node.label, key: node.name).text
        title = "Tags: \(letters)"
        let count = Wording.count(node.range.count, "hashtag begins", "hashtags begin")
        summary = "\(count) with \(letters)."
        self.index = linker.to(.tags)
        longer = node.children.map { LetterLinkView($0, linker) }
        tags = index.order[node.listed].map {
            TagLinkView(site.history.tags.listing($0), linker)
        }
    }
}
