import Calendar
import Decode

/// The way back through posts that a server does not show.
extension MastodonReader {
    /// Steps that pass over no page which the way back through what is hidden is made in, before they grow.
    private static let mostSteps = 128

    /// What follows an empty page: the first page further back that is none, and the id it was asked
    /// for below. Nil if there is nothing left; no page if ids that are only counted reach too far down
    /// to be sure of that. `first` is the first id of the slot.
    ///
    /// How many posts an empty page hides is known, and not how long they took: the way back is made in
    /// steps that a page of the same timeline spans, or where the server's link leads if that is nearer.
    /// What is found is then followed up again to where the hidden posts begin.
    mutating func next(
        below: UInt128, above first: UInt128, of timeline: MastodonTimeline, in slot: Slot,
        _ ids: TimelineIDs, by decoder: MastodonDecoder, before deadline: ContinuousClock.Instant
    ) async throws -> (page: [TimelinePage.Item], below: UInt128)? {
        // If there is something behind the slot, the posts before it were hidden up to its start.
        let farthest = min(first, ids.first(at: slot.start.secondsSinceEpoch - 30 * 86_400))
        var link = server.linkedID
        var stride = strides[timeline] ?? PageStride()
        if stride.span == nil {
            let newest = try await page(of: timeline, below: nil, by: decoder, before: deadline)
            stride.take(newest.compactMap { $0.id.flatMap(ids.value) })
            strides[timeline] = stride
        }
        var step = stride.step(in: ids.first(at: slot.end.secondsSinceEpoch) - first)
        var high = below
        var count = 0
        while true {
            let linked = link.flatMap(ids.value).flatMap { $0 < high ? $0 : nil } ?? 0
            var low = max(linked, high - min(step, high), min(first, high))
            if high <= first, high > farthest {
                low = high - min(step, high - farthest)
                step += max(step / 4, 1)
            }
            if low == 0 || high <= farthest {
                return ids.isCounted && count > Self.mostSteps ? ([], 0) : nil
            }
            var found = try await page(
                of: timeline, below: ids.id(of: low), by: decoder, before: deadline)
            link = server.linkedID
            guard found.isEmpty else {
                while low != linked, low >= first, high - low > ids.perSecond {
                    let middle = low + (high - low) / 2
                    let page = try await page(
                        of: timeline, below: ids.id(of: middle), by: decoder, before: deadline)
                    if page.isEmpty { high = middle } else { (low, found) = (middle, page) }
                }
                return (found, low)
            }
            high = low
            count += 1
            // Hidden for so long, or more likely the end of what there is.
            if count > Self.mostSteps { step += max(step / 4, 1) }
        }
    }
}
