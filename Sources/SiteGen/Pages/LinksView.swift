import Archive
import Text

/// A listed hashtag of a window, and the addresses that most people gave with it.
struct LinkedTagView: View {
    let tag: HashtagView
    let links: [GivenLinkView]

    /// Of all hashtags that a window lists, popular ones first.
    static func all(
        of window: RecordedWindow, _ site: Site, _ linker: Linker
    ) -> [LinkedTagView] {
        let links = site.contexts[window.number].links
        guard !links.isEmpty else { return [] }
        var seen: Set<ExactText> = []
        return (window.entries + (window.trends ?? [])).compactMap { entry in
            guard seen.insert(entry.key).inserted, let given = links[entry.key] else { return nil }
            return LinkedTagView(
                tag: HashtagView(entry.row, site, linker), links: given.map(GivenLinkView.init))
        }
    }
}

/// An address that people gave. No preview of it is fetched, and nothing here vouches for what is behind it.
struct GivenLinkView: View {
    let address: Link
    /// What the page is called, or where it is.
    let name: String
    let domain: String
    let givers: String

    /// Letters of an address that has no title.
    private static let longest = 80

    init(_ link: Contexts.Given) {
        let place = link.address.host + (link.address.path == "/" ? "" : link.address.path)
        let cut = place.utf8.count > Self.longest ? place.prefix(Self.longest) + "…" : place
        address = Link(link.address.text)
        name = link.title.isEmpty ? cut : link.title
        domain = link.address.host
        givers = Wording.count(link.accounts, "person", "people")
    }
}
