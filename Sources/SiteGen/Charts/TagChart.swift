import Archive

/// The points of a hashtag's history: one a slot, or beyond thirty days the peak of each day.
///
/// Where the hashtag was in no list its count is unknown, so there is no point and the line breaks.
/// Slots that were not recorded are named apart.
struct TagChart {
    let isDaily: Bool
    /// What is drawn, in order of time: all, or of each day and source the one with the most people.
    let listings: [TagListings.Listing]
    let json: JSONValue

    init(_ tag: TagHistory, _ all: TagListings, _ site: Site) {
        let history = site.history
        let slotLength = history.schedule.seconds
        // One step before, where there is one, so that a single point stands free. Nothing behind: a page
        // that knew of later slots would change with them.
        let first = max(history.first, tag.firstSlot - slotLength)
        let last = tag.lastSlot
        isDaily = last.seconds(since: first) > 30 * 86_400
        let step = isDaily ? 86_400 : slotLength
        let start = isDaily ? Timestamp(first.date) : history.schedule.slot(containing: first).start
        let count = last.seconds(since: start) / step + 1
        func point(_ slot: Timestamp) -> Int { slot.seconds(since: start) / step }

        var peaks: [Int: [ExactText: TagListings.Listing]] = [:]
        for listing in all.listings {
            let (place, source) = (point(listing.row.slot), ExactText(listing.row.source))
            let peak = peaks[place]?[source]
            if peak.map({ $0.row.accounts < listing.row.accounts }) ?? true {
                peaks[place, default: [:]][source] = listing
            }
        }
        let sources = history.sources.map { ExactText($0.name) }
        listings = peaks.sorted { $0.key < $1.key }.flatMap { _, listings in
            sources.compactMap { listings[$0] }.sorted { $0.row.slot < $1.row.slot }
        }
        var isGap = Array(repeating: true, count: count)
        for slot in history.readSlots(from: start, through: last) {
            isGap[point(slot)] = false
        }
        let series = sources.compactMap { source -> JSONValue? in
            let points = peaks.compactMap { place, listings in
                listings[source].map { (place, $0.row.accounts) }
            }
            .sorted { $0.0 < $1.0 }.map { JSONValue.list([.number($0), .number($1)]) }
            return points.isEmpty
                ? nil : .object([("name", .text(source.text)), ("points", .list(points))])
        }
        json = .object([
            ("kind", .text("line")),
            ("start", .text(start.description)),
            ("step", .number(step)),
            ("count", .number(count)),
            ("gaps", .list((0..<count).filter { isGap[$0] }.map(JSONValue.number))),
            ("series", .list(series)),
        ])
    }
}
