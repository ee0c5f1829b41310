import Calendar
import Decode

/// Slots among ids that are only counted, found by the times that the posts say they have.
extension MastodonReader {
    /// When the ids of a slot were given that are only counted. Throws if the server has no posts from
    /// before the slot's end.
    mutating func scale(
        of timeline: MastodonTimeline, in slot: Slot, _ ids: TimelineIDs,
        by decoder: MastodonDecoder,
        before deadline: ContinuousClock.Instant
    ) async throws -> IDScale {
        var marks: [IDScale.Mark] = []
        for instant in [slot.start, slot.end] {
            let id: UInt128
            if let known = firstIDs[timeline]?[instant] {
                id = known
            } else {
                id = try await firstID(
                    at: instant, of: timeline, ids, by: decoder, before: deadline)
            }
            firstIDs[timeline, default: [:]][instant] = id
            marks.append(IDScale.Mark(seconds: instant.secondsSinceEpoch, id: id))
        }
        // Of a slot that ends before it begins nothing would be read, and nothing be missed.
        guard marks[0].id <= marks[1].id else {
            throw server.refused("has posts whose ids do not grow with their times")
        }
        if case .public = timeline, marks[0].id == marks[1].id {
            let before = try await page(
                of: timeline, below: ids.id(of: marks[1].id), by: decoder, before: deadline)
            if before.isEmpty {
                throw server.refused("has no posts from before \(slot.end)")
            }
        }
        return IDScale(marks[0], marks[1])
    }

    /// The first id of a timeline at an instant, by the times that its posts say they have.
    private mutating func firstID(
        at instant: Timestamp, of timeline: MastodonTimeline, _ ids: TimelineIDs,
        by decoder: MastodonDecoder, before deadline: ContinuousClock.Instant
    ) async throws -> UInt128 {
        func places(
            _ page: [TimelinePage.Item], upTo latest: Timestamp
        ) -> [TimelineSearch.Place] {
            page.dated.compactMap { post in
                // A post from the future tells nothing.
                guard post.microseconds <= latest.secondsSinceEpoch * 1_000_000 else { return nil }
                return ids.value(of: post.id).map { ($0, post.microseconds) }
            }
        }
        let newest = try await page(of: timeline, below: nil, by: decoder, before: deadline)
        let latest = (server.pace.date?.time ?? .now()) + 300
        guard
            var search = TimelineSearch(
                for: instant.secondsSinceEpoch * 1_000_000, newest: places(newest, upTo: latest))
        else { return 0 }
        while let below = search.next {
            var lower = below
            var found: [TimelinePage.Item] = []
            // Of a stretch that the server hides what is before it tells.
            for _ in 0..<4 where found.isEmpty && lower > search.low {
                found = try await page(
                    of: timeline, below: ids.id(of: lower), by: decoder, before: deadline)
                lower =
                    server.linkedID.flatMap(ids.value).flatMap { $0 < lower ? $0 : nil }
                    ?? search.low + (lower - search.low) / 2
            }
            search.take(places(found, upTo: latest), below: below)
        }
        return search.high
    }
}
