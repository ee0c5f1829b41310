/// A hashtag, and in how many windows or lists it was.
struct CountedHashtagView: View {
    let tag: HashtagView
    let count: String
}

extension CountedHashtagView {
    init(_ listing: TagHistories.Listing, _ linker: Linker) {
        self.init(
            tag: HashtagView(listing, linker), count: Wording.number(listing.windowCount))
    }
}
