/// What a web server shows for an address that leads nowhere.
struct MissingView: PageView {
    static let template = "missing"

    var title: String { "Nothing here" }
    var summary: String { "There is no page at this address." }
    let home: Link
    let tags: Link

    init(_ linker: Linker) {
        home = linker.to(.now)
        tags = linker.to(.tags)
    }
}
