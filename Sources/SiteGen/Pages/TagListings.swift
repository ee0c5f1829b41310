import Archive

/// The windows that list a hashtag, each once for a source, with its place in either list.
struct TagListings {
    /// In order of slot, then source.
    let listings: [Listing]

    struct Listing {
        /// Of the popular list, or of the trending list where it was in that alone.
        let row: TopRow
        let rank: Int?
        let trendingRank: Int?
    }

    init(_ history: TagHistory) {
        var found: [Window: Listing] = [:]
        for row in history.rows {
            found[Window(row)] = Listing(row: row, rank: row.rank, trendingRank: nil)
        }
        for row in history.trendingRows {
            let popular = found[Window(row)]
            found[Window(row)] = Listing(
                row: popular?.row ?? row, rank: popular?.rank, trendingRank: row.rank)
        }
        listings = found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// How often each value occurs, the most frequent first, then in order of scalars.
    func counts(_ value: (TopRow) -> String) -> [(text: String, count: Int)] {
        var counts: [ExactText: Int] = [:]
        for listing in listings { counts[ExactText(value(listing.row)), default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { ($0.key.text, $0.value) }
    }

    private struct Window: Hashable, Comparable {
        let slot: Timestamp
        let source: ExactText

        init(_ row: TopRow) { (slot, source) = (row.slot, ExactText(row.source)) }

        static func < (left: Window, right: Window) -> Bool {
            (left.slot, left.source) < (right.slot, right.source)
        }
    }
}
