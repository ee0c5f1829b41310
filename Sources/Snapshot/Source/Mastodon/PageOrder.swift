import Text

/// Where a page of a timeline ends, whatever stands in it elsewhere than its id says.
///
/// Ids descend from the first post of a page to the last. Pinned and boosted posts, those that came late and
/// those that a proxy merged from somewhere else do not: to go on below the least of all ids could pass over
/// posts that are still to come.
struct PageOrder: Sendable {
    /// The least id that is in its place: what is to come is below it.
    let end: UInt128
    /// Ids below it that stood above others.
    let strays: Set<UInt128>

    /// - Parameters:
    ///   - ids: in the order of the page; nil is returned if there is none.
    ///   - span: ids that a page spans; nil if nobody knows.
    init?(of ids: [UInt128], span: UInt128?) {
        let chain = Self.chain(of: ids)
        guard let top = chain.first, let bottom = chain.last else { return nil }
        // Behind a gap of a quarter of a page, the few posts at the end may be strays too: the next page
        // begins with them, if they are none.
        let places = chain.indices.dropFirst()
        let cut = places.first { place in
            let last = chain[place - 1]
            return 2 * place >= chain.count && last - chain[place] > max(span ?? 0, top - last) / 4
        }
        end = cut.map { chain[$0 - 1] } ?? bottom
        strays = Set(ids.filter { $0 < bottom })
    }

    /// The longest sequence in which the ids descend, which need not be neighbours; of a page that begins
    /// with its oldest post, from its end.
    private static func chain(of ids: [UInt128]) -> [UInt128] {
        if zip(ids, ids.dropFirst()).allSatisfy({ $0 > $1 }) { return ids }
        let (down, up) = (descent(of: ids), descent(of: ids.reversed()))
        return up.count > down.count ? up : down
    }

    private static func descent(of ids: [UInt128]) -> [UInt128] {
        // Of the sequences of each length the one that ends highest, below which the least is passed over: where it ends.
        var ends: [Int] = []
        var previous = ids.indices.map { _ in -1 }
        for (place, id) in ids.enumerated() {
            let length = (0..<ends.count).firstPlace { ids[ends[$0]] <= id }
            if length > 0 { previous[place] = ends[length - 1] }
            if length == ends.count { ends.append(place) } else { ends[length] = place }
        }
        var descent: [UInt128] = []
        var place = ends.last ?? -1
        while place >= 0 {
            descent.append(ids[place])
            place = previous[place]
        }
        return descent.reversed()
    }
}
