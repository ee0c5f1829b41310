import Calendar
import Decode
import Tally

/// Reads slots from the timelines of one server.
///
/// A timeline is paged from the end of the slot back to its start: what is read when time runs out is
/// the whole of a stretch up to the slot's end. A page may hold fewer posts than were asked for, or
/// none, though more follow: servers take out of it what they hide. Or it holds posts that stand elsewhere
/// than their ids say. Only an id in its place below the slot ends the paging, or that there is nothing left.
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
        /// What the server did not show though it was there, for people.
        var hidden: [String] = []
    }

    private(set) var server: PacedServer
    private let timelines: [MastodonTimeline]
    private let hasToken: Bool
    /// What the server says of itself, when it was asked.
    private var instance: MastodonInstance?
    /// The kind of its ids, when a post has told it.
    private var ids: TimelineIDs?
    /// The greatest id that was seen when its kind was told.
    private(set) var newestID: UInt128?
    var strides: [MastodonTimeline: PageStride] = [:]
    /// Timelines that have shown posts: whatever else comes of them is a fault in passing.
    private var known: Set<MastodonTimeline> = []
    /// Posts of the page read last that it was not asked for.
    private var repeatedCount = 0
    /// Of ids that are only counted, where the slot read last begins and ends.
    var edges: [MastodonTimeline: [Timestamp: SlotEdges.Edge]] = [:]

    init(_ server: PacedServer, timelines: [MastodonTimeline], hasToken: Bool) {
        self.server = server
        self.hasToken = hasToken
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
            let instance = try await instance(before: deadline)
            let decoder = MastodonDecoder(
                grammar: .mastodon, identity: identity, domain: instance.domain,
                accountDomain: instance.accountDomain, links: rules.context?.links)
            for timeline in timelines {
                var progress = TimelineProgress(slot)
                let delivered = reading.ledger.read.deliveries
                do {
                    try await read(
                        timeline, by: decoder, into: &reading.ledger, &progress, before: deadline)
                } catch let error as SnapshotError {
                    reading.failure = reading.failure ?? error
                }
                if let kept = instance.keptBack(of: timeline, hasToken: hasToken),
                    kept.share < 1 || reading.ledger.read.deliveries == delivered
                {
                    progress.keepBack(kept.share)
                    if kept.share == 1 {
                        reading.failure = server.refused(kept.reason)
                    } else {
                        reading.hidden.append("\(server.base) \(kept.reason)")
                    }
                }
                reading.seconds += progress.seconds
                reading.start = min(reading.start, progress.reached)
                if let told = progress.told { reading.hidden.append("\(server.base) \(told)") }
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
            _ = try await page(of: timeline, below: nil, by: decoder, before: deadline)
            _ = try await ids(of: timeline, by: decoder, before: deadline)
        }
    }

    private mutating func read(
        _ timeline: MastodonTimeline, by decoder: MastodonDecoder, into ledger: inout PostLedger,
        _ progress: inout TimelineProgress, before deadline: ContinuousClock.Instant
    ) async throws {
        let slot = progress.slot
        let told = try await ids(of: timeline, by: decoder, before: deadline)
        let isEmpty = told == nil
        // A server of which nothing is known yet is asked as Mastodon's own are.
        var ids = told ?? .snowflake
        var edges: SlotEdges?
        if ids.isCounted {
            let found = try await self.edges(
                of: timeline, in: slot, ids, by: decoder, before: deadline)
            ids.scale = found.scale
            edges = found
        }
        let first = edges?.start.low ?? ids.first(at: slot.start.secondsSinceEpoch)
        // The first of counted ids is that of a post: only the page below it shows what is hidden there.
        let floor = edges == nil ? first : first - min(first, 1)
        var below = edges?.end.high ?? ids.first(at: slot.end.secondsSinceEpoch)
        var newest = edges?.end.newest
        defer { progress.compare(with: strides[timeline]?.most ?? 0) }
        // The page before, of which it is not known yet whether others follow.
        var last: (posts: Int, span: Int64)?
        // Posts that were shown before the paging came to them, and those of them that stood out of place.
        var early: Set<UInt128> = []
        var strays: Set<UInt128> = []
        var oldest: Timestamp?
        var shown = 0
        while below > floor {
            var page = try await page(
                of: timeline, below: ids.id(of: below), by: decoder, before: deadline)
            // Newer ones were taken out of the newest page, or it would have as many.
            if let newest, newest < page.count { progress.hide(from: slot.end - 1, to: slot.end) }
            newest = nil
            let isBehindHidden = page.allSatisfy {
                $0.id.flatMap(ids.value).map(strays.contains) ?? false
            }
            if isBehindHidden {
                // What is missing from the pages around is of the hidden stretch.
                last = nil
                let found = try await next(
                    below: below, above: first, of: timeline, in: slot, ids, by: decoder,
                    before: deadline)
                guard let found else {
                    // A hashtag may not have been used yet; of all posts there are some before the
                    // slot's end, or the server did not run then.
                    guard case .public = timeline else { return progress.finish() }
                    guard let oldest else {
                        throw server.refused(
                            isEmpty ? "has no posts" : "has no posts from before \(slot.end)")
                    }
                    return progress.end(at: oldest, after: shown)
                }
                if found.page.isEmpty {
                    if case .public = timeline, let oldest {
                        return progress.end(at: oldest, after: shown)
                    }
                    progress.hide(from: slot.start, to: slot.start + 1)
                    return progress.finish()
                }
                page = found.page
                let top = page.compactMap { $0.id.flatMap(ids.value) }.filter { $0 < below }.max()
                progress.hide(
                    from: ids.second(of: max(top ?? first, first)), to: ids.second(of: below))
                below = found.below
            }
            if let last { progress.take(posts: last.posts, span: last.span) }
            var places: [UInt128] = []
            for item in page {
                if let id = item.id.flatMap(ids.value), id < below {
                    places.append(id)
                } else if item.id.flatMap(ids.value).map(early.contains) != true {
                    ledger.record(.invalid)
                }
            }
            guard let order = PageOrder(of: places, span: strides[timeline]?.span) else {
                throw server.refused("gives the same page again and again")
            }
            let lowest = order.end
            var lowestShown = below
            for item in page {
                guard let id = item.id.flatMap(ids.value), id < below,
                    edges?.contain(id, item.time) ?? (id >= first)
                else { continue }
                if !early.contains(id) {
                    ledger.record(item.event)
                    shown += 1
                }
                let time =
                    ids.isCounted
                    ? item.time.map { Timestamp(microseconds: $0) } : ids.second(of: id)
                if let time, time >= slot.start, lowest..<lowestShown ~= id {
                    (lowestShown, oldest) = (id, time)
                }
            }
            early.formUnion(places.filter { $0 <= lowest })
            strays.formUnion(order.strays)
            let repeated = strays.contains(below) ? 0 : repeatedCount
            let posts = min(
                Set(places).count - order.strays.count + repeated, TimelinePage.length)
            strides[timeline, default: PageStride()].take(below - lowest, posts)
            let span = ids.milliseconds(of: below) - ids.milliseconds(of: max(lowest, first))
            last = isBehindHidden ? nil : (posts, span)
            below = lowest
            // Of the second that the lowest id is in, there may be more.
            if below > floor { progress.reach(max(ids.second(of: below), slot.start) + 1) }
        }
        if let last, last.posts < strides[timeline]?.most ?? 0 {
            // The end of what there is, or a page that posts were taken out of.
            let rest = try await page(
                of: timeline, below: ids.id(of: below), by: decoder, before: deadline)
            let isEnd =
                rest.isEmpty
                ? try await next(
                    below: below, above: first, of: timeline, in: slot, ids, by: decoder,
                    before: deadline)
                    == nil
                : false
            if !isEnd { progress.take(posts: last.posts, span: last.span) }
        }
        progress.finish()
    }

    /// The kind of the server's ids; nil if no post tells it.
    private mutating func ids(
        of timeline: MastodonTimeline, by decoder: MastodonDecoder,
        before deadline: ContinuousClock.Instant
    ) async throws -> TimelineIDs? {
        if let ids { return ids }
        // Another timeline of the same server tells as well, if it may be read.
        var isEmpty = true
        for other in timeline == Self.everything ? [timeline] : [timeline, Self.everything] {
            let newest: [TimelinePage.Item]
            do {
                newest = try await self.newest(of: other, by: decoder, before: deadline).items
            } catch  where other != timeline {
                break
            }
            isEmpty = isEmpty && newest.isEmpty
            if let found = TimelineIDs(of: newest.dated) {
                let values = newest.compactMap { $0.id.flatMap(found.value) }
                strides[other, default: PageStride()].take(values)
                newestID = values.max()
                ids = found
                return found
            }
        }
        if isEmpty { return nil }
        throw server.refused(
            "has post ids without a time in them, so its slots cannot be found"
                + (instance?.hasStreams == true ? "; mode: stream can read it" : ""))
    }

    static let everything = MastodonTimeline.public(isLocal: false)
    /// Pages without a post that are followed from the newest on by the server's links.
    private static let mostHiddenPages = 16

    /// The newest posts that a timeline shows, and whether there is nothing before them that it hides, as far
    /// as it tells.
    mutating func newest(
        of timeline: MastodonTimeline, by decoder: MastodonDecoder,
        before deadline: ContinuousClock.Instant
    ) async throws -> (items: [TimelinePage.Item], isWhole: Bool) {
        var items = try await page(of: timeline, below: nil, by: decoder, before: deadline)
        var isWhole = true
        for _ in 0..<Self.mostHiddenPages where items.isEmpty {
            guard let linked = server.linkedID else { break }
            isWhole = false
            items = try await page(of: timeline, below: linked, by: decoder, before: deadline)
        }
        return (items, isWhole)
    }

    mutating func page(
        of timeline: MastodonTimeline, below id: String?, by decoder: MastodonDecoder,
        before deadline: ContinuousClock.Instant
    ) async throws -> [TimelinePage.Item] {
        let page = try await server.read(
            timeline.path(below: id), before: deadline, isKnown: known.contains(timeline),
            into: { TimelinePage(decoder: decoder) }, take: { $0.take($1) },
            fault: { $0.finish() ? nil : "answers with something else than posts" })
        var items = page.items
        if !items.isEmpty { known.insert(timeline) }
        // Some servers give the post that others are asked for below once more.
        items.removeAll { $0.id != nil && $0.id == id }
        repeatedCount = page.items.count - items.count
        return items
    }

    private mutating func instance(
        before deadline: ContinuousClock.Instant
    ) async throws -> MastodonInstance {
        if let instance { return instance }
        let found = try await server.instance(before: deadline)
        instance = found
        return found
    }
}
