import Archive
import Calendar
import Snapshot
import Text

extension Settings {
    /// What looks wrong about a window, what it means for the site, and what to do, a sentence for each.
    func doubts(of row: WindowRow, among rows: [WindowRow]) -> [String] {
        guard let source = sources.first(where: { $0.name == row.source }) else { return [] }
        let isRecorded = source.kind.reading(in: window.mode) == .recording
        return warnings.doubts(of: row, among: rows, isRecorded: isRecorded).filter { doubt in
            // An edition is there to leave out other languages, of which its source may have most.
            if case .dropped("language", _, _) = doubt {
                source.of == nil || row.posts == 0
            } else {
                true
            }
        }.map { doubt in
            "\(row.source) \(row.slot): " + words(doubt, row, source)
        }
    }

    private func words(_ doubt: WindowDoubt, _ row: WindowRow, _ source: Source) -> String {
        switch doubt {
        case .coverage(let share):
            return
                "only \(percent(share)) of the time was read: its lists on the site stand for no more than that; "
                + "see the times of tidemark schedule, or lower warnings.coverage"
        case .fewPosts(let usual):
            return
                "only \(row.posts == 1 ? "1 post counts" : "\(row.posts) posts count"), where about \(usual) are usual at this hour: the site shows a "
                + "dip that may be none; look with tidemark doctor, or lower warnings.posts"
        case .dropped(let reason, let count, let total):
            let (key, way) = filter(reason, source)
            return "\(key) left out \(count) of \(quantity(total, "post")): the site "
                + (row.posts == 0
                    ? "shows no hashtag for this window" : "shows the \(row.posts) others alone")
                + "; if that is not meant, \(way); if it is, raise warnings.dropped"
        case .heldBack:
            let keys = [
                (!source.filters.allow.isEmpty, filterKey("allow", \.allow, source)),
                (!source.filters.block.isEmpty, filterKey("block", \.block, source)),
                (window.minimumAccounts > 1, "window.minimumAccounts"),
            ].filter(\.0).map(\.1).joined(separator: " or ")
            return
                "none of its \(row.tags) hashtags may be listed, so the site shows none for this window; change "
                + keys
        case .untagged:
            return
                "not one of \(row.posts) posts has a hashtag, so the site shows none for this window; are these "
                + "posts of the format that is configured?"
        case .nothing:
            return
                "not one post came, so the site shows no hashtag for this window; look with tidemark doctor whether "
                + "sources.\(source.name) asks for what there is"
        }
    }

    /// The key that leaves posts out for a reason of the archive, and what to do about it.
    private func filter(_ reason: String, _ source: Source) -> (key: String, way: String) {
        let section = "sources.\(source.name)"
        switch reason {
        case "language":
            let key = "\(section).languages"
            return ("\(key) (\(source.languages.joined(separator: ", ")))", "change \(key)")
        case "repost":
            let key = filterKey("reposts", \.reposts, source)
            return (key, "set \(key) to true")
        case "max_tags":
            let key = filterKey("maxTags", \.maxTags, source)
            return ("\(key) (\(source.filters.maxTags))", "raise \(key), or set it to 0")
        case "sensitive":
            let key = filterKey("sensitive", \.sensitive, source)
            return (key, "set \(key) to true")
        case "bot":
            let key = filterKey("bots", \.bots, source)
            return (key, "set \(key) to true")
        case "deleted", "removed_with_account":
            return ("their deletion", "set \(filterKey("deleted", \.deleted, source)) to true")
        case "mistimed": return ("times that cannot be true", "compare clocks with tidemark doctor")
        default:
            return (
                "what cannot be read as posts",
                "look whether \(section) names the right format or address"
            )
        }
    }

    /// The key that decides it: the source's own where it differs from that of all sources.
    private func filterKey(
        _ name: String, _ value: KeyPath<Filters, some Equatable>, _ source: Source
    ) -> String {
        let isOwn = source.filters[keyPath: value] != filters[keyPath: value]
        return (isOwn ? "sources.\(source.name)." : "") + "filters.\(name)"
    }

    private func percent(_ share: Double) -> String {
        FixedPoint.text(share * 100, decimals: share < 0.1 ? 1 : 0) + " %"
    }
}
