import Calendar
import Decode

/// Slots among ids that are only counted, found by the times that the posts say they have.
extension MastodonReader {
    /// Where a slot is in a timeline.
    mutating func edges(
        of timeline: MastodonTimeline, in slot: Slot, _ ids: TimelineIDs,
        by decoder: MastodonDecoder, before deadline: ContinuousClock.Instant
    ) async throws -> SlotEdges {
        let start = try await edge(
            at: slot.start, of: timeline, ids, by: decoder, before: deadline)
        let end =
            start.isNowhere
            ? SlotEdges.Edge(instant: slot.end, low: 0, high: 0)
            : try await edge(at: slot.end, of: timeline, ids, by: decoder, before: deadline)
        edges[timeline] = [slot.start: start, slot.end: end]
        // Of a slot that ends before it begins nothing would be read, and nothing be missed.
        guard start.low <= end.high else {
            throw server.refused("has posts whose ids do not grow with their times")
        }
        return SlotEdges(start: start, end: end)
    }

    /// Most pages that one search follows an instant through stretches that the server hides.
    private static let mostEmptyPages = 64
    /// Pages below an edge that are looked at for posts that were made later: posts that came late
    /// come in bursts that fill pages.
    private static let pagesBelow = 3

    private mutating func edge(
        at instant: Timestamp, of timeline: MastodonTimeline, _ ids: TimelineIDs,
        by decoder: MastodonDecoder, before deadline: ContinuousClock.Instant
    ) async throws -> SlotEdges.Edge {
        if let known = edges[timeline]?[instant] { return known }
        let page = try await newest(of: timeline, by: decoder, before: deadline)
        // A post from the future tells nothing.
        let latest = ((server.pace.date?.time ?? .now()) + 300).secondsSinceEpoch * 1_000_000
        var emptyPages = 0
        var places = places(of: page.items, ids, upTo: latest)
        var newest = page.isWhole ? page.items.count : 0
        if places.isEmpty, let newestID {
            // A hashtag may be new, or its newest posts be hidden: those of others tell where to look.
            newest = 0
            places = try await shown(
                below: newestID + 1, above: 0, span: strides[Self.everything]?.span ?? 1,
                of: timeline, ids, upTo: latest, &emptyPages, by: decoder, before: deadline
            ).places
        }
        guard
            var search = TimelineSearch(for: instant.secondsSinceEpoch * 1_000_000, newest: places)
        else {
            guard page.isWhole, page.items.isEmpty else {
                throw server.refused("does not tell when its newest posts were made")
            }
            return SlotEdges.Edge(instant: instant, low: 0, high: 0)
        }
        var pagesBelow = 0
        while true {
            var below = search.next
            if below == nil, pagesBelow < Self.pagesBelow {
                pagesBelow += 1
                below = places.map(\.id).min()
            }
            guard let below else { break }
            let shown = try await shown(
                below: below, above: search.low, span: search.span, of: timeline, ids,
                upTo: latest, &emptyPages, by: decoder, before: deadline)
            places = shown.places
            if places.isEmpty {
                search.takeNothing(below: below)
            } else {
                let high = search.high
                search.take(places, below: shown.below)
                if search.high < high { pagesBelow = 0 }
            }
        }
        return SlotEdges.Edge(
            instant: instant, low: search.low, high: search.high,
            newest: search.isOpen ? newest : nil)
    }

    /// The first page with posts that is found on the way from one id down to another, and the id that it
    /// is below. The way is long where the server hides what is between: steps grow on the first half of
    /// it, and shrink on the second.
    private mutating func shown(
        below top: UInt128, above low: UInt128, span: UInt128, of timeline: MastodonTimeline,
        _ ids: TimelineIDs, upTo latest: Int64, _ emptyPages: inout Int,
        by decoder: MastodonDecoder, before deadline: ContinuousClock.Instant
    ) async throws -> (places: [TimelineSearch.Place], below: UInt128) {
        var below = top
        var step = span
        while true {
            let page = try await page(
                of: timeline, below: ids.id(of: below), by: decoder, before: deadline)
            let places = places(of: page, ids, upTo: latest)
            let rest = below - min(low, below)
            guard places.isEmpty, rest > span, emptyPages < Self.mostEmptyPages else {
                return (places, below)
            }
            emptyPages += 1
            let linked = server.linkedID.flatMap(ids.value) ?? 0
            below = low < linked && linked < below ? linked : below - max(1, min(step, rest / 2))
            step += min(step, rest)
        }
    }

    private func places(
        of page: [TimelinePage.Item], _ ids: TimelineIDs, upTo latest: Int64
    ) -> [TimelineSearch.Place] {
        page.dated.compactMap { post in
            guard post.microseconds <= latest else { return nil }
            return ids.value(of: post.id).map { ($0, post.microseconds) }
        }
    }
}
