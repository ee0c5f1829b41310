import Archive
import Files
import Foundation
import SiteGen
import Snapshot

/// `live.json`: what the running slot has brought so far (docs/data.md).
struct LiveDocument: Codable, Hashable {
    /// Of this layout; members may be added to it.
    var version = 1
    /// First instant of the slot, and the first after it.
    var slot, slotEnd: String
    var generated: String
    /// When the next one is due.
    var next: String
    /// Whole minutes of the slot that have passed.
    var minutes: Int
    var sources: [Source]

    struct Source: Codable, Hashable {
        var name, title: String
        /// What was read: from when, and up to when.
        var start, end: String
        var posts, accounts: Int
        var popular: [Entry]
        /// Null where too few earlier days are known to tell.
        var trending: [Entry]?
        /// Keys of trending hashtags that the same people wrote.
        var stories: [[String]]
        /// Posts in each stretch of so many seconds, from the slot's start up to now.
        var curve: Curve
    }

    struct Entry: Codable, Hashable {
        var rank: Int
        var tag, spelling: String
        var posts, accounts: Int
        var expected, score: Double?
        /// Relative to the site; null for a hashtag that has no page.
        var page: String?
    }

    struct Curve: Codable, Hashable {
        var step: Int
        var posts: [Int]
    }
}

extension LiveDocument {
    /// - Parameter hasFile: whether the built site has a file at that path.
    init(_ live: LiveSlot, of settings: Settings, hasFile: (String) -> Bool) {
        (slot, slotEnd) = (live.slot.start.description, live.slot.end.description)
        (generated, next) = (live.now.description, live.next.description)
        let seconds = live.now.seconds(since: live.slot.start)
        minutes = seconds / 60
        sources = live.counts.map { count in
            func entries(_ rows: [TopRow]) -> [Entry] {
                rows.map { row in
                    let page = RunningList.page(of: row.tag)
                    return Entry(
                        rank: row.rank, tag: row.tag, spelling: row.spelling, posts: row.posts,
                        accounts: row.accounts, expected: row.expected.map(Self.rounded),
                        score: row.score.map(Self.rounded),
                        page: hasFile(page + "index.html") ? page : nil)
                }
            }
            return Source(
                name: count.source,
                title: settings.sources.first { $0.name == count.source }?.title ?? count.source,
                start: count.start.description, end: count.end.description, posts: count.posts,
                accounts: count.accounts, popular: entries(count.top),
                trending: count.trending.map(entries),
                stories: RunningList.stories(count.trending ?? [], count.related),
                curve: Curve(
                    step: LiveCount.step,
                    posts: Array(count.curve.prefix(seconds / LiveCount.step + 1))))
        }
    }

    /// What is written in a file; nil if there is none, or something else is.
    init?(file path: String) {
        guard let bytes = try? WholeFile.readIfPresent(path, limit: 1 << 24),
            let document = try? JSONDecoder().decode(Self.self, from: Data(bytes))
        else { return nil }
        self = document
    }

    /// Puts in what an earlier document of the slot tells of sources that this one has not been read as far of.
    mutating func complete(by earlier: LiveDocument, of names: [String]) {
        guard (earlier.version, earlier.slot, earlier.slotEnd) == (version, slot, slotEnd) else {
            return
        }
        sources = names.compactMap { name in
            let own = sources.first { $0.name == name }
            guard let other = earlier.sources.first(where: { $0.name == name }),
                other.end <= generated, other.end > own?.end ?? slot
            else { return own }
            return other
        }
    }

    /// Takes hashtags out, wherever they are named.
    mutating func leaveOut(_ isLeftOut: (String) -> Bool) {
        for index in sources.indices {
            sources[index].popular.removeAll { isLeftOut($0.tag) }
            sources[index].trending?.removeAll { isLeftOut($0.tag) }
            for story in sources[index].stories.indices {
                sources[index].stories[story].removeAll(where: isLeftOut)
            }
            sources[index].stories.removeAll { $0.count < 2 }
        }
    }

    /// As the archive writes it.
    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    /// JSON on one line, with its end.
    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ((try? encoder.encode(self)).map { [UInt8]($0) } ?? []) + [UInt8(ascii: "\n")]
    }
}
