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
        // The longest sequence that ends at each place, and the place before.
        var ends: [(length: Int, previous: Int?)] = []
        for (place, id) in ids.enumerated() {
            let previous = (0..<place).filter { ids[$0] > id }
                .max { ends[$0].length < ends[$1].length }
            ends.append((1 + (previous.map { ends[$0].length } ?? 0), previous))
        }
        // Of several the one that ends higher, below which nothing is passed over.
        var place = ends.indices.max { (ends[$0].length, ids[$0]) < (ends[$1].length, ids[$1]) }
        var descent: [UInt128] = []
        while let at = place {
            descent.append(ids[at])
            place = ends[at].previous
        }
        return descent.reversed()
    }
}
