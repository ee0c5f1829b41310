import ArgumentParser
import Calendar
import Decode
import Files
import Folding
import Links
import Snapshot
import Tally
import Tasks
import Text

/// `tidemark part map`: recorded posts into a part for each slot.
struct PartMapCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Turn recorded posts into parts, one for each period.",
        discussion: """
            Writes FOLDER/20261122T18Z/NAME.part for each file and period. NAME is the file's name, stdin for standard \
            input (-), or what --name says. The same posts always make the same part, so you can repeat a step; other posts \
            under the same name are refused. With --topic, ranges of a topic of Kafka take the place of files: 2:1000-2000 are \
            the messages of partition 2 from offset 1000 to 1999. Everyone who maps a period needs the same secret: a file of at least 16 bytes \
            that nobody else can read, such as openssl rand -out FILE 32 makes. Prints the path of each part on a line.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: "Format of the posts.")
    var format: PostFormat

    @Option(help: "What is a hashtag in a post that does not say so; the format's own by default.")
    var grammar: Grammar?

    @Option(
        help: ArgumentHelp("File with the secret that ids are hashed with.", valueName: "file"))
    var saltFile: String

    @Option(
        help: ArgumentHelp(
            "Folder for the parts, or s3://bucket/prefix, which strangers must not be able to read.",
            valueName: "folder"))
    var output: String

    @Option(help: "The source's name in the archive; the format's by default.")
    var source: String?

    @Option(
        help: ArgumentHelp(
            "Name of the parts of the one file, in the place of its own.", valueName: "name"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            "The period that all is of, by its start, such as 2026-11-22T18:00:00Z; without it the posts' times say, and "
                + "what tells none is of the period of what lies before it.",
            valueName: "time"))
    var slot: Timestamp?

    @Option(
        help: ArgumentHelp("Hours of a period: 1, 2, 3, 4, 6, 8, 12 or 24.", valueName: "hours"))
    var every = 6

    @Option(
        help: ArgumentHelp(
            "Where the posts stand among the parts of a period, for formats in which the version delivered last holds; "
                + "those of one number are in the order of their names.", valueName: "number"))
    var order = 0

    @Option(
        help: ArgumentHelp(
            "Bits that ids are hashed to, 64 or 128; 128 above 600 million posts in a period.",
            valueName: "bits"))
    var hashBits = PartWidth.narrow

    @OptionGroup(title: "Counting") var posts: PostOptions

    @Option(
        help: ArgumentHelp(
            "Host whose addresses are no links of a hashtag; may be repeated.", valueName: "host"))
    var blockHost: [String] = []

    @Flag(help: "Keep no addresses: what context.links: false says.")
    var noLinks = false

    @Flag(help: "Put a part in the place of one with other posts.")
    var replace = false

    @OptionGroup(title: "Messages of a topic") var topic: TopicOptions

    @Option(
        help: ArgumentHelp(
            "File that has more of them, a line each: the name of its parts, a tab and its path or range; - for standard input.",
            valueName: "file"))
    var list: String?

    @Argument(
        help: ArgumentHelp("Files of recorded posts, or ranges of a topic.", valueName: "file"))
    var files: [String] = []

    func validate() throws {
        if name != nil, files.count > 1 { throw ValidationError("--name is for one file") }
        if files.isEmpty, list == nil { throw ValidationError("name a file, or a --list of them") }
        for name in [name, source].compactMap(\.self) where !PartHeader.isName(name) {
            throw ValidationError(
                "\(quoted(name)): a name has 1 to 100 letters, digits, -, _ or .; none at the start"
            )
        }
        if order < 0 || order > PartHeader.highestOrder {
            throw ValidationError("--order must be between 0 and \(PartHeader.highestOrder)")
        }
        guard let schedule = Schedule(hours: every) else {
            throw ValidationError("--every must be 1, 2, 3, 4, 6, 8, 12 or 24 hours")
        }
        if let slot, schedule.slot(startingAt: slot) == nil {
            throw ValidationError("--slot: no slot of \(every) h starts at \(slot)")
        }
        if LinkRules(blockHosts: blockHost) == nil {
            throw ValidationError("--block-host must be the name of a host, such as ads.example")
        }
    }

    func run(_ run: RunContext) async throws -> ExitCode {
        let secret = try secret(in: run.environment)
        let schedule = Schedule(hours: every) ?? .everySixHours
        var rules = posts.rules
        var context = ContextRules()
        context.links = noLinks ? nil : LinkRules(blockHosts: blockHost)
        rules.context = context
        let map = PartMap(
            format: format, grammar: grammar, rules: rules, tables: UnicodeTables.version,
            secret: secret, source: source ?? format.rawValue, schedule: schedule,
            slot: slot.flatMap(schedule.slot(startingAt:)), order: order, replaces: replace,
            width: hashBits)
        let splits = try splits()
        let made: [PartMap.Made]
        if let place = BucketPlace(output) {
            let folder = BucketPlace.folder(
                for: "\(output) \(splits.map(\.name))", in: run.environment)
            try FilePlace.remove(folder)
            defer { try? FilePlace.remove(folder) }
            try Folder.makePrivate(folder)
            made = try await parts(by: map, of: splits, to: folder, run)
            try await upload(made, to: place, run)
        } else {
            made = try await parts(by: map, of: splits, to: output, run)
            try run.console.output(Array(made.map { $0.path + "\n" }.joined().utf8))
        }
        for note in Set(made.compactMap(\.note)).sorted() { run.console.warn(note) }
        guard !made.isEmpty else {
            run.console.warn("there is no post of the format \(format.rawValue), and so no part")
            return .done
        }
        let sums = made.reduce(into: (records: 0, deliveries: 0, invalid: 0)) {
            $0.records += $1.records
            $0.deliveries += $1.deliveries
            $0.invalid += $1.invalid
        }
        run.console.say(
            "Read \(quantity(sums.records, "record")), \(sums.deliveries) of them posts and \(sums.invalid) invalid, "
                + "into \(quantity(made.count, "part")).")
        if sums.deliveries == 0 && sums.records > 0 {
            run.console.warn(
                "no record is a post of the format \(format.rawValue); check --format")
        }
        return .done
    }

    private func parts(
        by map: PartMap, of splits: [PartMap.Split], to folder: String, _ run: RunContext
    ) async throws -> [PartMap.Made] {
        guard let topic = try topic.topic(format, grammar, for: run) else {
            return try map.map(splits, to: folder)
        }
        return try await topic.withTokens { tokens in
            try await onThread { isStopped in
                try map.map(
                    splits, of: OpenTopic(topic, token: tokens, isStopped: isStopped), to: folder)
            }
        }
    }

    /// Those of slots that are closed come too late.
    private func upload(
        _ made: [PartMap.Made], to place: BucketPlace, _ run: RunContext
    ) async throws {
        let prefix = place.privatePrefix(in: run.environment)
        for part in made {
            let name = PartMap.name(of: part.slot) + "/" + FilePlace.name(of: part.path)
            if try await prefix.upload(part.path, of: part.slot, replacing: replace) {
                try run.console.output(Array("s3://\(place.bucket)/\(place.prefix)\(name)\n".utf8))
            } else {
                run.console.warn("\(name) comes too late and is not counted: its slot is closed.")
            }
        }
    }

    private func secret(in environment: [String: String]) throws -> PartSecret {
        let origin = SettingOrigin.flag("--salt-file")
        let bytes = try SecretFile.bytes(of: saltFile, at: origin, path: "", in: environment)
        guard let secret = PartSecret(bytes) else {
            throw SettingsError.unfit(
                origin, path: "",
                reason: "\(terminalSafe(saltFile)) has \(bytes.count) bytes, and a secret has "
                    + "\(PartSecret.shortest) or more")
        }
        return secret
    }

    /// The files and the names of their parts, which have to differ.
    private func splits() throws -> [PartMap.Split] {
        let named: [(String, String)] = try files.map { (try name(of: $0), $0) } + listed()
        var paths: [String: String] = [:]
        return try named.map { name, path in
            if let other = paths.updateValue(path, forKey: name) {
                throw UsageError(
                    sentence:
                        "\(other) and \(path) would both be parts named \(name); map them one by one, each "
                        + "with a --name")
            }
            guard topic.isGiven else { return PartMap.Split(path: path, name: name) }
            return PartMap.Split(.messages(try range(path)), name: name)
        }
    }

    /// Of `--list`, names and paths.
    private func listed() throws -> [(String, String)] {
        guard let list else { return [] }
        let bytes = try WholeFile.readStream(
            list == "-" ? "/dev/stdin" : list, limit: Self.longestList)
        return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
            let halves = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
                .map { String(decoding: $0, as: UTF8.self) }
            guard halves.count == 2, PartHeader.isName(halves[0]) else {
                throw UsageError(
                    sentence:
                        "\(list): \(quoted(String(decoding: line.prefix(80), as: UTF8.self))) is no name of 1 to 100 "
                        + "letters, digits, -, _ or ., a tab and a path")
            }
            return (halves[0], halves[1])
        }
    }

    private static let longestList = 16 << 20

    private func range(_ text: String) throws -> TopicRange {
        guard let range = TopicRange(text) else {
            throw UsageError(
                sentence: "\(quoted(text)) is no range of a topic, such as 2:1000-2000")
        }
        return range
    }

    private func name(of path: String) throws -> String {
        if let name { return name }
        if topic.isGiven { return try range(path).name }
        if path == "-" { return "stdin" }
        let name = FilePlace.name(of: path)
        guard PartHeader.isName(name) else {
            throw UsageError(
                sentence:
                    "\(path): a part's name has 1 to 100 letters, digits, -, _ or .; --name gives it one"
            )
        }
        return name
    }
}

extension PartWidth: ExpressibleByArgument {
    public var defaultValueDescription: String { "\(rawValue)" }
}
