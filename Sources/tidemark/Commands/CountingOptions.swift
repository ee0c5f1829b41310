import ArgumentParser
import Decode
import Hashtags
import Snapshot
import Tally

/// The filters of posts, one flag each; their defaults are the rules'.
struct PostOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only posts in this language; may be repeated.", valueName: "code"))
    var lang: [Language] = []

    @Option(help: "A post with more distinct hashtags does not count; 0 for no limit.")
    var maxTags = 10

    @Flag(help: "Count reposts as posts of the reposter.")
    var includeReposts = false

    @Flag(help: "Count posts marked as sensitive.")
    var includeSensitive = false

    @Flag(help: "Count posts of accounts marked as bots.")
    var includeBots = false

    func validate() throws {
        if maxTags < 0 { throw ValidationError("--max-tags must not be negative") }
    }

    var rules: CountingRules {
        var rules = CountingRules()
        rules.languages = lang.isEmpty ? nil : Set(lang)
        rules.maxTags = maxTags
        rules.includeReposts = includeReposts
        rules.includeSensitive = includeSensitive
        rules.includeBots = includeBots
        return rules
    }
}

/// Those and the filters of lists.
struct CountingOptions: ParsableArguments {
    @OptionGroup var posts: PostOptions

    @Option(help: "What ranks first.")
    var rank: RankOrder = .accounts

    @Option(help: "People a hashtag needs to be listed.")
    var minimumAccounts = 1

    @Option(
        help: ArgumentHelp(
            "Hashtag not to list, exact or with *; may be repeated.", valueName: "tag"))
    var block: [String] = []

    @Option(
        help: ArgumentHelp(
            "The only hashtags to list, exact or with *; may be repeated.", valueName: "tag"))
    var allow: [String] = []

    @Flag(help: "Count posts that were deleted later in the files.")
    var keepDeleted = false

    func validate() throws {
        if minimumAccounts < 1 { throw ValidationError("--minimum-accounts must be at least 1") }
    }

    var rules: CountingRules {
        var rules = posts.rules
        rules.rank = rank
        rules.minimumAccounts = minimumAccounts
        rules.blocked = block.map(TagPattern.init)
        rules.allowed = allow.map(TagPattern.init)
        rules.keepDeleted = keepDeleted
        return rules
    }
}

extension Language: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension RankOrder: ExpressibleByArgument {}
extension PostFormat: ExpressibleByArgument {}
extension Grammar: ExpressibleByArgument {}
