import Archive

/// Something about a window that looks wrong though nothing failed: a configuration or a source that counts next to
/// nothing makes a site that is empty, and says so nowhere else.
public enum WindowDoubt: Hashable, Sendable {
    /// So much of the time that was meant was read.
    case coverage(Double)
    /// As many posts as count at this hour on most days, by the share of the time that was read.
    case fewPosts(usual: Int)
    /// One reason, by its name in the archive, left out most of what was read.
    case dropped(reason: String, count: Int, of: Int)
    /// Every hashtag is held back by what may be listed.
    case heldBack
    /// Posts count, and not one of them has a hashtag.
    case untagged
    /// Not one record came.
    case nothing
}

/// From where on a window is doubtful: shares from 0 to 1.
public struct DoubtLimits: Hashable, Sendable {
    /// A window that is read less than this.
    public var coverage: Double
    /// One with fewer posts than this share of the median of the last seven at the same hour.
    public var posts: Double
    /// One of which a single reason leaves out more than this.
    public var dropped: Double

    public init(coverage: Double = 0.5, posts: Double = 0.1, dropped: Double = 0.95) {
        self.coverage = coverage
        self.posts = posts
        self.dropped = dropped
    }

    /// Fewer records than these say nothing about a filter, unless it took them all.
    private static let fewest = (some: 20, all: 5)
    /// Fewer posts without a hashtag are chance.
    private static let untagged = 200
    private static let days = (fewest: 3, most: 7)

    /// What is doubtful of a window.
    ///
    /// A filter that left out as much in each of the last seven windows, and some posts not, is what the operator
    /// wants: a language that few write. It is not told of again.
    ///
    /// - Parameters:
    ///   - rows: those of the archive, in any order.
    ///   - isRecorded: a recording begins and ends where it does, with as much in it as there is.
    public func doubts(
        of row: WindowRow, among rows: [WindowRow], isRecorded: Bool
    ) -> [WindowDoubt] {
        guard row.status != .missing else { return [] }
        let earlier = rows.filter {
            $0.source == row.source && $0.slot < row.slot && $0.status != .missing
        }.sorted { $0.slot < $1.slot }
        var doubts: [WindowDoubt] = []
        if !isRecorded, row.coverage < coverage { doubts.append(.coverage(row.coverage)) }
        if let reason = mainReason(of: row),
            row.posts == 0 || earlier.count < Self.days.most
                || !earlier.suffix(Self.days.most).allSatisfy({ mainReason(of: $0) == reason })
        {
            let counts = row.reasons?.counts ?? [:]
            doubts.append(
                .dropped(
                    reason: reason, count: counts[reason] ?? 0, of: row.posts + row.dropped))
        } else if row.tags > 0, row.held == row.tags {
            doubts.append(.heldBack)
        } else if row.posts >= Self.untagged, row.tagged == 0 {
            doubts.append(.untagged)
        }
        if !isRecorded, doubts.isEmpty {
            let usual = median(of: row, in: earlier)
            if let usual, Double(row.posts) < posts * usual * row.coverage {
                doubts.append(.fewPosts(usual: Int(usual.rounded())))
            } else if usual == nil, row.posts + row.dropped + row.duplicates == 0 {
                doubts.append(.nothing)
            }
        }
        return doubts
    }

    /// The reason that leaves out more than it should.
    private func mainReason(of row: WindowRow) -> String? {
        let read = row.posts + row.dropped
        let posts = (row.reasons?.counts ?? [:]).filter { !$0.key.hasPrefix(DropReasons.tagPrefix) }
        guard let main = posts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
            return nil
        }
        let isMost = Double(main.value) > dropped * Double(read) && dropped < 1
        return isMost && read >= (main.value == read ? Self.fewest.all : Self.fewest.some)
            ? main.key : nil
    }

    /// Of the posts in the last seven windows at the same hour, each as if it had been read whole; nil where there
    /// are fewer than three.
    private func median(of row: WindowRow, in earlier: [WindowRow]) -> Double? {
        let counts = earlier.filter {
            $0.slot.secondOfDay == row.slot.secondOfDay && $0.coverage > 0
        }.suffix(Self.days.most).map { Double($0.posts) / $0.coverage }.sorted()
        guard counts.count >= Self.days.fewest else { return nil }
        return (counts[(counts.count - 1) / 2] + counts[counts.count / 2]) / 2
    }
}
