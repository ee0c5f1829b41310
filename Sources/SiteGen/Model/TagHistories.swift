/// The hashtags in the order in which they first appeared, made when they are asked for.
struct TagHistories: RandomAccessCollection, Sendable {
    let index: ArchiveIndex
    let slug: Slug

    var startIndex: Int { 0 }
    var endIndex: Int { index.tables.tags.count }
    subscript(position: Int) -> TagHistory {
        TagHistory(Int32(position), of: index, slug: slug)
    }

    /// The hashtag with this key; nil if it was in no list.
    func tag(_ key: ExactText) -> TagHistory? {
        index.tables.tag(key.text).map { self[Int($0)] }
    }

    /// What an index says of a hashtag.
    struct Listing: Sendable {
        let spelling: Spelling
        let slug: String
        /// Slots in which it was listed.
        let windowCount: Int
    }

    /// Of the hashtag of that number, without a look at its history.
    func listing(_ number: Int32) -> Listing {
        let tag = index.tables.tags[Int(number)]
        let row = index.tables.rows[Int(tag.lastRow)]
        let key = index.tables.texts[tag.key]
        return Listing(
            spelling: Spelling(index.tables.texts[row.spelling], key: key),
            slug: slug.segment(for: key), windowCount: Int(row.slotCount))
    }

    /// The numbers of the hashtags listed in the most slots; of as many, those that came first.
    func mostListed(_ most: Int) -> [Int32] {
        let tables = index.tables
        let counts = tables.tags.map { tables.rows[Int($0.lastRow)].slotCount }
        guard most < counts.count else { return sorted(Array(counts.indices), by: counts) }
        let least = counts.sorted(by: >)[most]
        return Array(sorted(counts.indices.filter { counts[$0] >= least }, by: counts).prefix(most))
    }

    private func sorted(_ numbers: [Int], by counts: [Int32]) -> [Int32] {
        numbers.sorted { counts[$0] == counts[$1] ? $0 < $1 : counts[$0] > counts[$1] }
            .map(Int32.init)
    }
}
