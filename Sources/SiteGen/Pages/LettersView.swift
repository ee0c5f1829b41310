/// The hashtags that begin with the same letters, or where they are too many, the pages of longer beginnings.
struct LettersView: PageView {
    static let template = "letters"

    let title: String
    let summary: String
    let letters: String
    let trail: [PlaceView]
    let hasLonger: Bool
    let longer: [LetterLinkView]
    let hasTags: Bool
    let tags: [CountedHashtagView]

    init(_ node: LetterIndex.Node, _ site: Site, _ index: LetterIndex, _ linker: Linker) {
        letters = Spelling(node.label, key: node.name).text
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
