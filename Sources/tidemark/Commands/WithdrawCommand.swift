import Archive
import ArgumentParser
import Calendar
import Files
import Links
import Sync
import Text

/// `tidemark withdraw`: takes a hashtag, or an address that people gave, from everything that is published.
struct WithdrawCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Take a hashtag, an address or a whole host off the site.",
        discussion: """
            A hashtag can be written in any way, with or without #; art* means every hashtag that begins with art. An \
            address such as https://example.com/page no longer appears under any hashtag, a host such as example.com takes \
            all its pages along. Pages, feeds and published files change at the next publish. Your own archive keeps the \
            counts, so that --undo can bring it back.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("The hashtag, address or host.", valueName: "hashtag"))
    var hashtags: [String]

    @Option(help: "Why, for you alone: it is never published.")
    var reason = ""

    @Flag(help: "Show it again.")
    var undo = false

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        return try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
            let archive = ArchiveReader(folder: settings.archive)
            var withdrawals = try archive.withdrawals()
            let before = withdrawals
            for hashtag in hashtags {
                if undo {
                    guard withdrawals.remove(hashtag) else {
                        throw WithdrawalError.unknown(hashtag)
                    }
                } else if !before.matchesAll(of: hashtag) {
                    let line = Withdrawals.Line(
                        tag: hashtag, since: context.now.description, reason: reason)
                    guard withdrawals.add(line) else { throw WithdrawalError.noHashtag(hashtag) }
                }
            }
            guard withdrawals != before else {
                context.console.say("Withdrawn already; nothing changes.")
                return .done
            }
            try WholeFile.write(
                withdrawals.bytes, to: settings.archive + "/" + ArchiveLayout.withdrawn)
            if undo {
                let lines = withdrawals.lacks(before).map(\.tag)
                SyncRun.remember(restored: lines, in: settings.syncFolder)
            }
            let lists = try Self.lists(
                in: archive,
                that: { before.contains($0) != withdrawals.contains($0) },
                orAddress: { before.contains($0) != withdrawals.contains($0) })
            // The log says when, of which source and from which slot on; never what.
            let first = Dictionary(lists.map { ($0.source, $0.slot) }, uniquingKeysWith: min)
            try SmallTable<ChangeRow>("\(settings.archive)/\(ArchiveLayout.changes)").append(
                first.sorted { $0.key < $1.key }.map { source, slot in
                    ChangeRow(
                        undo ? .restored : .withdrawn, of: source, from: slot, at: context.now)
                })
            context.console.say(Self.sentence(lists.count, undo: undo))
            return .done
        }
    }

    private static func sentence(_ lists: Int, undo: Bool) -> String {
        let count = lists == 1 ? "1 published list" : "\(lists) published lists"
        return switch (undo, lists) {
        case (true, 0): "No published list had lost anything by it; later ones may show it."
        case (true, _): "At the next publish, it is shown in \(count) again."
        case (false, 0): "No published list holds it; it stays out of later ones."
        case (false, _):
            "At the next publish, it goes from \(count), and from the pages and files made of them. "
                + "It stays out of later ones."
        }
    }

    /// The windows of the lists that hold a key that `changes`, and of links an address that does: one for each list.
    private static func lists(
        in archive: ArchiveReader, that changes: (ExactText) -> Bool,
        orAddress addressChanges: (LinkAddress) -> Bool
    ) throws(ArchiveError) -> [WindowKey] {
        var found: [WindowKey] = []
        for date in Set(try archive.windows().map(\.slot.date)) {
            for rows in [try archive.top(date), try archive.trending(date)] {
                let changed = rows.filter { changes(ExactText($0.tag)) }
                found += Set(changed.map { WindowKey(slot: $0.slot, source: $0.source) })
            }
            let links = try archive.links(date).filter {
                LinkAddress($0.url).map(addressChanges) ?? false
            }
            found += Set(links.map { WindowKey(slot: $0.slot, source: $0.source) })
        }
        return found
    }
}

/// Why a hashtag cannot be withdrawn, or shown again.
enum WithdrawalError: ExitCoded, CustomStringConvertible {
    case noHashtag(String)
    case unknown(String)

    var exitCode: ExitCode { .usage }

    var description: String {
        switch self {
        case .noHashtag(let text):
            "\(quoted(text)) is no hashtag; name one such as #art, several by art*, or an address "
                + "such as https://example.com/page"
        case .unknown(let text): "\(quoted(text)) has not been withdrawn"
        }
    }
}
