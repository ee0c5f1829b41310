import ArgumentParser
import Snapshot

struct CountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "count", abstract: "x")
    @Option var format: String
    @Option var lang: String?
    @Option var rank = "accounts"
    @Flag var includeReposts = false
    @Flag var keepDeleted = false
    @Flag var includeSensitive = false
    @Flag var includeBots = false
    @Option var maxTags = 10
    @Argument var files: [String]
    func run() throws {
        var rules = CountingRules()
        rules.languages = lang.map { Set([Language($0)!]) }
        rules.rank = RankOrder(rawValue: rank)!
        rules.includeReposts = includeReposts
        rules.keepDeleted = keepDeleted
        rules.includeSensitive = includeSensitive
        rules.includeBots = includeBots
        rules.maxTags = maxTags
        let tally = try Recording(paths: files, format: PostFormat(rawValue: format)!).tally(
            rules: rules)
        for (n, t) in tally.ranked(by: rules, limit: 20).enumerated() {
            print("[\(n+1), \"\(t.key)\", \"\(t.spelling)\", \(t.posts), \(t.accounts)]")
        }
        print(tally.read, tally.posts, tally.tagged, tally.accounts, tally.tags.count)
    }
}
