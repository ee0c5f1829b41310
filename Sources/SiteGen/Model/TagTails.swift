import Archive
import Calendar
import Tasks
import Text

/// What the stored tails know of hashtags between their lists: how many people wrote one that was in no list, and how
/// many can have written one that was below the tail too.
///
/// Of each hashtag the days between its first list and its last, and the last ninety of them alone, so that its page
/// stays as it is until it is listed again.
struct TagTails: Sendable {
    static let days = 90

    /// The line of a tail.
    struct Point: Sendable {
        let tag: Int32
        let window: Int32
        let posts: Int
        let accounts: Int
    }

    /// By hashtag, in order of window.
    private var points: [Int32: [Point]] = [:]
    /// The most people of a hashtag below the tail, by window; as far as it was looked at and has one.
    private var below: [Int32: Int] = [:]

    /// Nothing is known.
    static let none = TagTails()

    private init() {}

    /// Of hashtags by their numbers; of all if that is nil.
    init(_ history: History, of tags: [Int32]?, in archive: ArchiveReader) throws(SiteError) {
        let tables = history.index.tables
        let first = history.first.date.daysSinceEpoch
        let count = history.last.date.daysSinceEpoch - first + 1
        var spans: [ClosedRange<Timestamp>?] = Array(repeating: nil, count: tables.tags.count)
        var isWanted = Array(repeating: false, count: count)
        for tag in tags ?? Array(0..<Int32(tables.tags.count)) {
            let entry = tables.tags[Int(tag)]
            let span = Self.span(
                from: history.index.slot(ofRow: entry.firstRow),
                through: history.index.slot(ofRow: entry.lastRow), history)
            spans[Int(tag)] = span
            for day in span.lowerBound.date.daysSinceEpoch...span.upperBound.date.daysSinceEpoch {
                isWanted[day - first] = true
            }
        }
        let dates = isWanted.indices.filter { isWanted[$0] }
            .map { CivilDate(daysSinceEpoch: first + $0) }
        let results = Parallel.map(dates.count) { [spans] index in
            Result { () throws(ArchiveError) -> Day in
                let parts = try archive.tails(dates[index]) { key in
                    tables.tag(key).map { spans[Int($0)] != nil } ?? false
                }
                return Day(parts, of: dates[index], tables, spans)
            }
        }
        for result in results {
            let day: Day
            do throws(ArchiveError) { day = try result.get() } catch { throw .archive(error) }
            for point in day.points { points[point.tag, default: []].append(point) }
            below.merge(day.below) { one, _ in one }
        }
    }

    func points(of tag: Int32) -> [Point] { points[tag] ?? [] }

    /// The most people in a window that a hashtag below its tail can have had; nil if there is no telling.
    func below(_ window: Int32) -> Int? { below[window] }

    /// The slots that are looked at for a hashtag listed first and last in these: one more than between them, so that its
    /// rise is seen.
    static func span(
        from first: Timestamp, through last: Timestamp, _ history: History
    ) -> ClosedRange<Timestamp> {
        let begin = max(history.first, history.schedule.slot(containing: first).previous.start)
        return max(begin, reach(upTo: last))...last
    }

    /// Of a hashtag listed last in this slot: the first one that is looked at.
    static func reach(upTo last: Timestamp) -> Timestamp {
        Timestamp(last.date.advanced(by: 1 - days))
    }

    /// The tails of a day.
    private struct Day: Sendable {
        private(set) var points: [Point] = []
        private(set) var below: [Int32: Int] = [:]

        init(
            _ parts: [TailPart], of date: CivilDate, _ tables: ArchiveTables,
            _ spans: [ClosedRange<Timestamp>?]
        ) {
            let windows =
                tables.firstWindow(
                    from: Timestamp(date))..<tables.firstWindow(
                    from: Timestamp(date.advanced(by: 1)))
            for part in parts {
                let found = windows.first {
                    tables.windows[$0].slot == part.slot.secondsSinceEpoch
                        && ExactText(tables.name(ofSource: tables.windows[$0].source))
                            == ExactText(part.source)
                }
                // The rows of no window are what a killed run left.
                guard let window = found.map(Int32.init) else { continue }
                below[window] =
                    part.rowCount < TailRow.longest
                    ? TailRow.fewestAccounts - 1 : part.fewestAccounts
                for row in part.rows {
                    guard let tag = tables.tag(row.tag),
                        spans[Int(tag)]?.contains(part.slot) ?? false
                    else { continue }
                    points.append(
                        Point(
                            tag: tag, window: window, posts: row.posts, accounts: row.accounts))
                }
            }
            points.sort { $0.window < $1.window }
        }
    }
}

extension Site {
    /// The most people in a window that a hashtag can have had of which it kept no count; nil if there is no telling.
    func most(below window: Int32) -> Int? {
        tagTails.below(window) ?? mostUnlisted(in: history.index.tables.windows[Int(window)])
    }

    /// A hashtag that is not in a popular list has no more people than the last one has, or where posts decide, than
    /// that has posts.
    func mostUnlisted(in window: WindowEntry) -> Int? {
        guard window.popularCount > 0 else { return nil }
        let row = history.index.tables.rows[Int(window.firstRow + window.popularCount) - 1]
        return Int(settings.rankedByPosts ? row.posts : row.accounts)
    }
}

extension TagHistory {
    /// All that is known of it, in order of slot, then source: its lines of lists, and of rank 0 those of tails between
    /// them.
    func knownRows(_ site: Site) -> [TopRow] {
        var rows: [TopRow] = []
        var listed = zip(windowNumbers, allRows).makeIterator()
        var next = listed.next()
        for point in site.tagTails.points(of: number) {
            while let (window, row) = next, window < point.window {
                rows.append(row)
                next = listed.next()
            }
            guard next?.0 != point.window else { continue }
            let window = site.history.index.tables.windows[Int(point.window)]
            rows.append(
                TopRow(
                    slot: Timestamp(secondsSinceEpoch: window.slot),
                    source: site.history.index.tables.name(ofSource: window.source), rank: 0,
                    tag: key.text, spelling: "", posts: point.posts, accounts: point.accounts))
        }
        while let (_, row) = next {
            rows.append(row)
            next = listed.next()
        }
        return rows
    }
}
