import Links
import Text

/// What must hold of what was written and given with the listed hashtags of one window.
///
/// The posts are gone, so the numbers cannot be recomputed; but they have bounds.
struct ContextChecks {
    private let related: NumberedRows<RelatedRow>
    private let links: NumberedRows<LinkRow>
    private let relatedFile: String
    private let linksFile: String
    private let keys: KnownKeys
    /// Accounts of the listed hashtags, and of all whose number is known.
    private var listed: [ExactText: Int] = [:]
    private var known: [ExactText: Int] = [:]
    /// A line of the lists that cannot be read leaves its hashtag unknown.
    private let isWhole: Bool

    init(window: ArchivedWindow, day: ArchiveDay, keys: KnownKeys) {
        (related, links) = (day.related(of: window.key), day.links(of: window.key))
        (relatedFile, linksFile) = (day.related.path, day.links.path)
        self.keys = keys
        isWhole = day.top.isWhole && day.trending.isWhole
        guard !related.isEmpty || !links.isEmpty else { return }
        for entry in [day.top(of: window.key), day.trending(of: window.key)].joined() {
            listed[ExactText(entry.row.tag)] = entry.row.accounts
        }
        known = listed
        for entry in day.tail(of: window.key) {
            known[ExactText(entry.row.tag)] = entry.row.accounts
        }
    }

    var findings: [Finding] {
        grouped(related, in: relatedFile, check: checkRelated) { $0.other }
            + grouped(links, in: linksFile, check: checkLinks) { $0.url } + asymmetric
    }

    /// Checks what the rows of both files have in common, and each hashtag's rows by `check`.
    private func grouped<Row: WindowTag>(
        _ rows: NumberedRows<Row>, in file: String,
        check: (NumberedRows<Row>) -> [(line: Int, sentence: String)], _ item: (Row) -> String
    ) -> [Finding] {
        var found: [Finding] = []
        var done: Set<ExactText> = []
        var rest = rows
        while let first = rest.first {
            let tag = ExactText(first.row.tag)
            let group = rest.prefix { ExactText($0.row.tag) == tag }
            rest = rest[group.endIndex...]
            func add(_ line: Int, _ sentence: String) {
                found.append(Finding(.context, file, line: line, sentence))
            }
            if !done.insert(tag).inserted {
                add(first.line, "tag: the rows of \(quoted(first.row.tag)) are not together")
            }
            if isWhole, listed[tag] == nil {
                add(first.line, "tag: \(quoted(first.row.tag)) is in no list of the window")
            }
            for (above, entry) in zip(group, group.dropFirst()) {
                let (one, other) = (above.row, entry.row)
                let isInOrder =
                    one.accounts == other.accounts
                    ? ExactText(item(one)) < ExactText(item(other)) : one.accounts > other.accounts
                if !isInOrder {
                    add(entry.line, "\(quoted(item(other))) does not belong below the row above it")
                }
            }
            for entry in group where listed[tag].map({ entry.row.accounts > $0 }) ?? false {
                add(
                    entry.line,
                    "accounts: \(entry.row.accounts) of the \(listed[tag] ?? 0) of "
                        + quoted(entry.row.tag))
            }
            found += check(group).map { Finding(.context, file, line: $0.line, $0.sentence) }
        }
        return found
    }

    private func checkRelated(
        _ rows: NumberedRows<RelatedRow>
    ) -> [(line: Int, sentence: String)] {
        var found: [(line: Int, sentence: String)] = []
        for (place, entry) in rows.enumerated() {
            let row = entry.row
            let other = ExactText(row.other)
            func expect(_ holds: Bool, _ sentence: @autoclosure () -> String) {
                if !holds { found.append((entry.line, sentence())) }
            }
            expect(keys.isKey(row.other), "other: \(quoted(row.other)) is not normalised")
            expect(other != ExactText(row.tag), "other: \(quoted(row.other)) is the hashtag itself")
            expect(row.accounts > 0, "accounts: nobody wrote both")
            if let all = known[other] {
                expect(
                    row.accounts <= all,
                    "accounts: \(row.accounts) of the \(all) of \(quoted(row.other))")
            }
            if place >= RelatedRow.strongest, isWhole {
                expect(
                    listed[other] != nil && row.accounts >= RelatedRow.fewestAccounts,
                    "other: \(quoted(row.other)) is none of the ten strongest, and "
                        + (listed[other] == nil
                            ? "in no list of the window" : "of too few accounts"))
            }
        }
        return found
    }

    private func checkLinks(_ rows: NumberedRows<LinkRow>) -> [(line: Int, sentence: String)] {
        var found: [(line: Int, sentence: String)] = []
        var hosts: [String: Int] = [:]
        for (place, entry) in rows.enumerated() {
            let row = entry.row
            func expect(_ holds: Bool, _ sentence: @autoclosure () -> String) {
                if !holds { found.append((entry.line, sentence())) }
            }
            let address = LinkAddress(row.url)
            expect(
                address?.text.utf8.elementsEqual(row.url.utf8) ?? false,
                "url: \(quoted(row.url)) is no address as Tidemark writes one")
            expect(
                PostLink(address: "", title: row.title).title.utf8.elementsEqual(row.title.utf8),
                "title: \(quoted(row.title)) is no title as Tidemark writes one")
            expect(place < LinkRow.most, "url: a hashtag has \(LinkRow.most) addresses at the most")
            expect(
                row.accounts > 0
                    && row.accounts * LinkRow.share >= listed[ExactText(row.tag)] ?? 0,
                "accounts: \(row.accounts) are less than 5 % of those of \(quoted(row.tag))")
            if let host = address?.host {
                let strongest = hosts[host] ?? row.accounts
                expect(
                    strongest == row.accounts,
                    "url: \(quoted(host)) has an address above it that more accounts gave")
                hosts[host] = strongest
            }
        }
        return found
    }

    /// Two listed hashtags have been written together by as many accounts, from whichever one it is told.
    private var asymmetric: [Finding] {
        struct Pair: Hashable {
            let tag: ExactText
            let other: ExactText
        }
        var told: [Pair: Int] = [:]
        return related.compactMap { entry in
            let (tag, other) = (ExactText(entry.row.tag), ExactText(entry.row.other))
            told[Pair(tag: tag, other: other)] = entry.row.accounts
            guard let accounts = told[Pair(tag: other, other: tag)], accounts != entry.row.accounts
            else { return nil }
            return Finding(
                .context, relatedFile, line: entry.line,
                "accounts: \(entry.row.accounts) wrote both, and \(accounts) by the row of "
                    + quoted(entry.row.other))
        }
    }
}
