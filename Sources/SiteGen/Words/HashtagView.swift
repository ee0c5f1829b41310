import Archive
import Text

/// A hashtag as pages name it, and its own page.
struct HashtagView: View {
    /// Without `#`.
    let text: String
    let link: Link
}

extension HashtagView {
    init(_ row: TopRow, _ site: Site, _ linker: Linker) {
        text = site.spelling(of: row.tag).text
        link = linker.to(.tag(slug: site.slug(of: row.tag)))
    }

    init(_ key: ExactText, _ site: Site, _ linker: Linker) {
        text = site.spelling(of: key.text).text
        link = linker.to(.tag(slug: site.slug(of: key.text)))
    }

    init(_ listing: TagHistories.Listing, _ linker: Linker) {
        text = listing.spelling.text
        link = linker.to(.tag(slug: listing.slug))
    }
}

/// A hashtag, and in how many windows it was listed at least.
struct CountedHashtagView: View {
    let tag: HashtagView
    let count: String
}

extension CountedHashtagView {
    init(_ listing: TagHistories.Listing, _ linker: Linker) {
        self.init(
            tag: HashtagView(listing, linker), count: Wording.atLeast(listing.windowCount))
    }
}
