import Archive
import ArgumentParser
import Decode
import Folding
import FoundationEssentials
import Hashtags
import Snapshot
import Tally
import Tasks
import Text

/// `tidemark count`: the top hashtags of recorded posts; nothing is archived.
struct CountCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Print the top hashtags of recorded posts as CSV.",
        discussion: """
            Files may be plain or compressed by gzip, bzip2, xz, LZ4 or Zstandard, and a tar or a zip \
            of such files; - is standard input. Lines, server-sent events, WebSocket envelopes and \
            JSON arrays are recognised, as are pretty-printed objects and such that share a line, pages \
            of a search, the archive of your own that X hands out, exports of MongoDB, and UTF-16 with \
            its mark. Parts of a period, which tidemark part map makes, count as what they were made of, in \
            any order; they know their format, and want the flags that say which posts count (--lang to --include-bots) as they \
            were mapped with.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: "Format of the posts; parts know it.")
    var format: PostFormat?

    @Option(help: "What is a hashtag in a post that does not say so; the format's own by default.")
    var grammar: Grammar?

    @OptionGroup(title: "Counting") var counting: CountingOptions

    @Option(help: "Number of hashtags to print.")
    var top = 20

    @Flag(help: "Print JSON, with what was read and dropped, by reason.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Say instead why this hashtag has its number, from the posts seen to those that count.",
            valueName: "tag"))
    var explain: String?

    @Flag(
        help:
            "With --json: which hashtags were written together with each, and the addresses given with it."
    )
    var context = false

    @Option(
        help: ArgumentHelp(
            "Estimate from one account in this many, with as much less memory; 1 counts exactly.",
            valueName: "n"))
    var sample = AccountSample.all

    @Argument(
        help: ArgumentHelp("Files of recorded posts, or parts of a period.", valueName: "file"))
    var files: [String]

    func validate() throws {
        if top < 1 { throw ValidationError("--top must be at least 1") }
        if context, !json { throw ValidationError("--context needs --json") }
        if explain != nil, sample != .all {
            throw ValidationError("--explain needs all accounts: leave out --sample")
        }
    }

    func run(_ run: RunContext) async throws -> ExitCode {
        let explained = explain.map { text in
            Result { () throws(TagDropReason) in try Hashtag(delivered: text) }
        }
        var rules = counting.rules
        rules.sample = sample
        rules.context = context ? ContextRules() : nil
        let (format, tally, width) = try tally(by: rules, explaining: try? explained?.get())
        let explanation = explain.flatMap { asked in
            explained.map { ExplanationReport(asked: asked, explaining: $0, tally: tally) }
        }
        if let sentence = tally.read.membersLeftOut.sentence { run.console.warn(sentence) }
        if let doubt = width.doubt(of: tally.read.deliveries) { run.console.warn("\(doubt).") }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            let report = CountReport(
                format: format, tally: tally, context: try tally.context(of: tally.tags),
                explain: explanation)
            try run.console.output(Array(encoder.encode(report)) + [UInt8(ascii: "\n")])
            return .done
        }
        if let explanation {
            try run.console.output(Array(explanation.text.utf8))
            return .done
        }
        var csv = CSVEncoder()
        let isEstimate = tally.sample != .all
        csv.header(
            ["rank", "tag", "spelling", "posts", "accounts"]
                + (isEstimate ? ["accounts_error"] : []))
        for (index, tag) in tally.tags.enumerated() {
            csv.count(index + 1)
            csv.text(tag.key)
            csv.text(tag.spelling)
            csv.count(tag.posts)
            csv.count(tag.accounts)
            if isEstimate { csv.count(tally.accountsError(of: tag)) }
            csv.endLine()
        }
        try run.console.output(csv.bytes)
        run.console.say(tally.summary)
        if tally.read.deliveries == 0 && tally.read.records > 0 {
            run.console.warn(
                "no record is a post of the format \(format.rawValue); check --format")
        }
        return .done
    }

    private func tally(
        by rules: CountingRules, explaining tag: Hashtag?
    ) throws -> (PostFormat, Counts, PartWidth) {
        if let part = files.first(where: PartFile.isPart) {
            if let other = files.first(where: { !PartFile.isPart($0) }) {
                throw PartError.mixed(part: part, other: other)
            }
            let parts = try PartSet(files, rules: rules, tables: UnicodeTables.version)
            let first = parts.parts[0]
            try first.require(format: format, grammar: grammar)
            return (
                first.format,
                try parts.tally(keeping: top, explaining: tag, workers: Parallel.coreCount),
                parts.width
            )
        }
        guard let format else {
            throw UsageError(sentence: "Missing expected argument '--format <format>'")
        }
        let recording = Recording(paths: files, format: format, grammar: grammar)
        return (format, try recording.tally(rules: rules, keeping: top, explaining: tag), .narrow)
    }
}

extension AccountSample: ExpressibleByArgument {
    public init?(argument: String) {
        guard let sample = Int(argument).flatMap(AccountSample.init) else { return nil }
        self = sample
    }

    public var defaultValueDescription: String { "\(oneIn)" }
}

extension Counts {
    /// The standard error of a hashtag's accounts, in whole accounts.
    func accountsError(of tag: TagCount) -> Int {
        Int(sample.standardError(ofAccounts: tag.accounts).rounded())
    }

    /// One sentence on what was read and what became of it.
    fileprivate var summary: String {
        let dropped = PostDropReason.allCases.compactMap { reason in
            read.droppedPosts[reason].map { "\(reason.rawValue) \($0)" }
        }
        let reasons =
            [
                ("invalid", read.invalid), ("no post", read.notices), ("deleted", read.deleted),
                ("account removed", read.removedWithAccount),
            ].filter { $0.1 > 0 }
            .map { "\($0.0) \($0.1)" } + dropped
        let holds = TagHoldReason.allCases.compactMap { reason in
            heldBack[reason].map { "\(reason.rawValue) \($0)" }
        }
        let estimate =
            sample == .all
            ? ""
            : "Estimated from one account in \(sample.oneIn), which left out "
                + "\(quantity(read.unsampled, "post")): the numbers are right in the mean only. "
        let held = holds.isEmpty ? "" : "; hashtags not listed: " + holds.joined(separator: ", ")
        return estimate
            + "Read \(quantity(read.records, "record")): \(posts == 1 ? "1 post counts" : "\(posts) posts count"), \(tagged) of them with one of "
            + "\(quantity(tagCount, "hashtag")), by \(quantity(accounts, "account")); left out: "
            + (reasons.isEmpty ? "none" : reasons.joined(separator: ", ")) + held + "."
    }
}
