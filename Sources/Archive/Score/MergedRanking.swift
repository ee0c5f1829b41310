import Text

/// The hashtags of several sources in one list, by the mean of their shares of each source's accounts.
///
/// A source counts as much as any other, however many people it has. A tag that a source's rows do
/// not hold is taken to have no accounts there: below the tail it may have had some, so a mean share
/// is a lower bound. Sources whose window is missing, or has no accounts, take no part.
public struct MergedRanking: Sendable {
    /// One source's window of the slot.
    public struct Source: Sendable {
        public let window: WindowRow
        public let top: [TopRow]
        public let tail: [TailRow]

        /// Rows of the window's slot and source alone.
        public init(window: WindowRow, top: [TopRow], tail: [TailRow]) {
            self.window = window
            self.top = top
            self.tail = tail
        }
    }

    /// A hashtag of the merged list.
    public struct Entry: Hashable, Sendable {
        public let tag: String
        /// The spelling of the source where its share is highest; the key where no top has it.
        public let spelling: String
        /// Mean of accounts by accounts of the window, over the sources that take part; 0 to 1.
        public let meanShare: Double
        /// By source name; no entry where nothing is known.
        public let accounts: [String: Int]
    }

    /// Best first; ties by scalar order of the key.
    public let entries: [Entry]

    /// The order of the sources does not matter.
    public init(_ sources: [Source]) {
        let sources = sources.filter { $0.window.accounts > 0 }
            .sorted { ExactText($0.window.source) < ExactText($1.window.source) }
        var tags: [[UInt8]: Merging] = [:]
        for source in sources {
            let name = source.window.source
            for row in source.tail {
                tags[Array(row.tag.utf8), default: .init()].add(row, in: name)
            }
            for row in source.top { tags[Array(row.tag.utf8), default: .init()].add(row, in: name) }
            let total = Double(source.window.accounts)
            for row in source.top {
                tags[Array(row.tag.utf8)]?
                    .spell(row.spelling, share: Double(row.accounts) / total)
            }
        }
        entries = tags.map { key, merging in
            let tag = String(decoding: key, as: UTF8.self)
            // In the order of the names, so that the sum is the same every time.
            let shares = sources.map {
                Double(merging.accounts[$0.window.source] ?? 0) / Double($0.window.accounts)
            }
            return Entry(
                tag: tag, spelling: merging.spelling ?? tag,
                meanShare: shares.reduce(0, +) / Double(sources.count), accounts: merging.accounts)
        }.sorted { left, right in
            left.meanShare == right.meanShare
                ? ExactText(left.tag) < ExactText(right.tag)
                : left.meanShare > right.meanShare
        }
    }

    private struct Merging {
        var accounts: [String: Int] = [:]
        private(set) var spelling: String?
        private var highest = -1.0

        mutating func add(_ row: some ListedTag, in source: String) {
            accounts[source] = row.accounts
        }

        mutating func spell(_ text: String, share: Double) {
            guard share > highest else { return }
            (spelling, highest) = (text, share)
        }
    }
}
