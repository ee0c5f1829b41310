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
