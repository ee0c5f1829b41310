/// The way to every hashtag of the archive: those listed most often, and the letters they begin with.
struct TagIndexView: PageView {
    static let template = "tags"

    var title: String { "Tags" }
    let summary: String
    let count: String
    let hasTags: Bool
    let frequent: [CountedHashtagView]
    let letters: [LetterLinkView]

    init(_ site: Site, _ letters: LetterIndex, _ linker: Linker) {
        let tags = site.history.tags
        count = Wording.count(tags.count, "hashtag", "hashtags")
        hasTags = !tags.isEmpty
        summary = "All \(count) that were ever in a list, with the history of each."
        frequent = tags.mostListed(100).map {
            CountedHashtagView(tags.listing($0), linker)
        }
        self.letters = letters.roots.map { LetterLinkView($0, linker) }
    }
}
