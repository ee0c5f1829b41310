import Calendar
import Decode
import Tally

/// Reads slots from the timelines of one server.
///
/// A timeline is paged from the end of the slot back to its start: what is read when time runs out is
/// the whole of a stretch up to the slot's end.
struct MastodonReader: Sendable {
    /// What became of one slot.
    struct Reading: Sendable {
        var ledger: PostLedger
        /// Seconds read, summed over the timelines.
        var seconds = 0
        /// First instant read of any timeline; the slot's end if nothing was.
        var start: Timestamp
        /// Why it is not the whole slot.
        var failure: SnapshotError?
    }

    private(set) var server: PacedServer
    private let timelines: [MastodonTimeline]
    /// By `domain`, when the server has told it.
    private var domain: String?
    /// The kinds of ids of the timelines that had a post.
    private var ids: [MastodonTimeline: TimelineIDs] = [:]

    init(_ server: PacedServer, timelines: [MastodonTimeline]) {
        self.server = server
        self.timelines = timelines
    }

    /// Reads the slot as far as `deadline` and the server allow. Cancellation ends it like the
    /// deadline does.
    mutating func read(
        _ slot: Slot, rules: CountingRules, identity: Identity,
        before deadline: ContinuousClock.Instant
    ) async -> Reading {
        var reading = Reading(ledger: PostLedger(rules: rules), start: slot.end)
        do {
            let decoder = MastodonDecoder(
                grammar: .mastodon, identity: identity, domain: try await domain(before: deadline))
            for timeline in timelines {
                var reached = slot.end
                defer {
                    reading.seconds += slot.end.seconds(since: reached)
                    reading.start = min(reading.start, reached)
                }
                do {
                    try await read(
                        timeline, of: slot, by: decoder, into: &reading.ledger, reached: &reached,
                        before: deadline)
                } catch let error as SnapshotError {
                    reading.failure = reading.failure ?? error
                }
            }
        } catch {
            // Cancelled, or the server could not even be asked who it is.
            reading.failure = reading.failure ?? error as? SnapshotError
        }
        return reading
    }

    /// Throws if one of the timelines cannot be read.
    mutating func check(before deadline: ContinuousClock.Instant) async throws {
        let decoder = MastodonDecoder(grammar: .mastodon, identity: Identity())
        for timeline in timelines {
            _ = try await ids(of: timeline, by: decoder, before: deadline)
        }
    }

    private mutating func read(
        _ timeline: MastodonTimeline, of slot: Slot, by decoder: MastodonDecoder,
        into ledger: inout PostLedger, reached: inout Timestamp,
        before deadline: ContinuousClock.Instant
    ) async throws {
        // A hashtag may not have been used yet; of all posts there are some before the slot's end, or
        // the server did not run then.
        let isWhole = if case .public = timeline { true } else { false }
        guard let ids = try await ids(of: timeline, by: decoder, before: deadline) else {
            if isWhole {
                throw server.refused("has no posts")
            }
            reached = slot.start
            return
        }
        let first = ids.first(at: slot.start.secondsSinceEpoch)
        var below = ids.first(at: slot.end.secondsSinceEpoch)
        while below > first {
            let page = try await page(
                of: timeline, below: ids.id(of: below), by: decoder, before: deadline)
            var lowest = below
            if page.isEmpty {
                guard !isWhole || reached < slot.end else {
                    throw server.refused("has no posts from before \(slot.end)")
                }
                lowest = first
            }
            for item in page {
                guard let id = item.id.flatMap(ids.value), id < below else {
                    ledger.record(.invalid)
                    continue
                }
                lowest = min(lowest, id)
                if id >= first { ledger.record(item.event) }
            }
            guard lowest < below else {
                throw server.refused("gives the same page again and again")
            }
            below = lowest
            // Of the second that the lowest id is in, there may be more.
            let second = Timestamp(secondsSinceEpoch: ids.milliseconds(of: below) / 1000 + 1)
            reached = below > first ? min(reached, second) : slot.start
        }
    }

    private mutating func ids(
        of timeline: MastodonTimeline, by decoder: MastodonDecoder,
        before deadline: ContinuousClock.Instant
    ) async throws -> TimelineIDs? {
        if let known = ids[timeline] { return known }
        let newest = try await page(of: timeline, below: nil, by: decoder, before: deadline)
        if newest.isEmpty { return nil }
        guard let found = TimelineIDs(of: newest.dated) else {
            throw server.refused(
                "has post ids without a time in them, so its slots cannot be found; "
                    + "mode: stream can read it")
        }
        ids[timeline] = found
        return found
    }

    private mutating func page(
        of timeline: MastodonTimeline, below id: String?, by decoder: MastodonDecoder,
        before deadline: ContinuousClock.Instant
    ) async throws -> [TimelinePage.Item] {
        var page = try await server.read(
            timeline.path(below: id), before: deadline, into: { TimelinePage(decoder: decoder) },
            take: { $0.take($1) })
        guard let items = page.finish() else {
            throw server.refused("answers with something else than posts")
        }
        return items
    }

    /// The domain of the server's accounts, as its instance says.
    private mutating func domain(before deadline: ContinuousClock.Instant) async throws -> String {
        if let domain { return domain }
        let instance = try await server.instance(before: deadline)
        domain = instance.domain
        return instance.domain
    }
}
