import Calendar

/// How far a timeline has been read, from the end of a slot back to its start.
struct TimelineProgress: Sendable {
    let slot: Slot
    /// The first instant from which on all was read that the server shows.
    private(set) var reached: Timestamp
    /// Of that, stretches of which the server showed nothing, the latest first.
    private(set) var hidden: [Range<Timestamp>] = []

    init(_ slot: Slot) {
        self.slot = slot
        reached = slot.end
    }

    /// In the time that so many posts take there may well be none.
    private static let quietPosts = 10

    /// The first instant that the server shows posts from; nil if that is not within the slot.
    private var oldest: Timestamp?

    /// The share of the posts that the server keeps back, 0 to 1.
    private var keptBack = 0.0
    /// Pages that others follow: how many posts they have, and the milliseconds they span.
    private var pages: [(posts: Int, span: Int64)] = []
    /// The most posts that a page had.
    private var fullest = 0

    /// Seconds read. Of a page with fewer posts than others the rest were hidden.
    var seconds: Int {
        let hidden = hidden.reduce(0) { $0 + $1.seconds }
        let missing = shortPages.reduce(0.0) { sum, page in
            sum + Double(page.span) / 1000 * (1 - Double(page.posts) / Double(fullest))
        }
        let read = Double(slot.end.seconds(since: reached) - hidden) - missing
        return max(0, Int(read * (1 - keptBack)))
    }

    private var shortPages: [(posts: Int, span: Int64)] { pages.filter { $0.posts < fullest } }

    /// What the server hid, for people; nil if it is nothing.
    var told: String? {
        let parts = [oldest.map { "shows nothing from before \($0.clock)" }, leftOut]
        let said = parts.compactMap { $0 }
        return said.isEmpty ? nil : said.joined(separator: " and ")
    }

    private var leftOut: String? {
        let longest = hidden.sorted { $0.seconds > $1.seconds }.prefix(3)
            .sorted { $0.lowerBound < $1.lowerBound }
            .map { "from \($0.lowerBound.clock) to \($0.upperBound.clock)" }
        if !longest.isEmpty { return "showed no posts \(longest.joined(separator: ", "))" }
        let short = shortPages.count
        return short == 0 ? nil : "left out posts on \(short) of \(pages.count) pages"
    }

    /// Takes note of a page that others follow.
    mutating func take(posts: Int, span: Int64) { pages.append((posts, max(span, 1))) }

    /// Takes note of the most posts that a page of the timeline had.
    mutating func compare(with most: Int) { fullest = max(fullest, most) }

    /// The server keeps back that share of all posts.
    mutating func keepBack(_ share: Double) { keptBack = share }

    mutating func reach(_ instant: Timestamp) {
        reached = min(reached, max(instant, slot.start))
    }

    /// Nothing is left in the slot.
    mutating func finish() { reached = slot.start }

    /// Nothing is shown from before that instant, so nobody knows what was, unless it is so early that there was none.
    ///
    /// - Parameter posts: how many were shown from then on.
    mutating func end(at oldest: Timestamp, after posts: Int) {
        let (before, since) = (oldest.seconds(since: slot.start), slot.end.seconds(since: oldest))
        if before * posts <= Self.quietPosts * since { return finish() }
        reached = min(max(oldest, slot.start), slot.end - 1)
        hidden = hidden.filter { $0.upperBound > reached }
            .map { max($0.lowerBound, reached)..<$0.upperBound }
        self.oldest = reached > slot.start ? reached : nil
    }

    /// Of this stretch the server shows nothing: a second at the least, however short it was.
    mutating func hide(from start: Timestamp, to end: Timestamp) {
        let end = min(max(end, slot.start + 1), reached)
        let start = max(min(start, end - 1), slot.start)
        guard start < end else { return }
        hidden.append(start..<end)
        reach(start)
    }
}

extension Range<Timestamp> {
    fileprivate var seconds: Int { upperBound.seconds(since: lowerBound) }
}

/// How much of a timeline its pages span, in ids.
struct PageStride: Sendable {
    /// The shortest of the fuller pages; nil before there was one.
    private(set) var span: UInt128?
    /// Posts of the fullest page.
    private(set) var most = 0

    /// Takes note of a page of so many posts.
    mutating func take(_ span: UInt128, _ count: Int) {
        if count >= 2 * most { self.span = nil }
        if 2 * count >= most, span > 0 { self.span = min(self.span ?? span, span) }
        most = max(most, count)
    }

    /// Takes note of the ids of a page, in its order.
    mutating func take(_ ids: [UInt128]) {
        guard let high = ids.max(), let order = PageOrder(of: ids, span: nil) else { return }
        take(
            high - order.end,
            min(Set(ids).count - order.strays.count, TimelinePage.length))
    }

    /// A step that passes over no page, as far as the pages seen tell; of a slot of that length.
    func step(in length: UInt128) -> UInt128 { max(1, span.map { $0 / 2 } ?? length / 24) }
}
