import Calendar
import Files
import FoundationEssentials
import Tally

/// What the job is to do; it has no secret in it.
struct SparkOrder: Encodable {
    var source: String
    /// Of the run that gives it: the job of another ends.
    var run: String
    var round = 1
    /// Seconds between rounds; 0 if this is the only one.
    var pause = 0
    var paths: [String] = []
    /// Whether the paths have ranges of a topic.
    var isTopic: Bool
    var folder: String
    var checkpoint = Self.checkpoint
    var program: String
    var version: String
    /// Arguments of `part map` and `part posts`.
    var map: [String]
    var posts: [String]
    var shares: Int
    var files: Int
    var hours: Int
    /// Slots are over that ended before it, in seconds since 1970.
    var before: Int64 = 0
    var slot: String?
    /// The folder in which Spark keeps what it has handed out.
    static let checkpoint = "checkpoint"
    /// Where the job writes what it says, if nobody sees what it prints.
    var said: String?

    init(
        for request: WindowRequest, of source: String, _ input: SparkSource.Input,
        _ cluster: SparkSource.Cluster, version: String
    ) {
        (self.source, self.version) = (source, version)
        run = UUID().uuidString
        if case .topic = input { isTopic = true } else { isTopic = false }
        folder = "\(cluster.folder)/\(source)"
        (program, shares, files) = (cluster.program, cluster.shares, cluster.files)
        hours = request.schedule.hours
        posts = request.rules.keepDeleted ? ["--keep-deleted"] : []
        map = Self.mapArguments(request, of: source, input, cluster)
        if cluster.rest != nil { said = "\(folder)/said.ndjson" }
    }

    func write(to file: String) throws {
        try WholeFile.write(Array(JSONEncoder().encode(self)), to: file)
    }

    /// What `tidemark part map` has to know on the workers.
    private static func mapArguments(
        _ request: WindowRequest, of source: String, _ input: SparkSource.Input,
        _ cluster: SparkSource.Cluster
    ) -> [String] {
        let rules = request.rules
        func flag(_ name: String, _ isOn: Bool) -> [String] { isOn ? [name] : [] }
        func option(_ name: String, _ value: String?) -> [String] {
            value.map { ["--\(name)", $0] } ?? []
        }
        var arguments = [
            "--format", input.format.rawValue, "--source", source, "--salt-file",
            cluster.saltFile, "--every", "\(request.schedule.hours)", "--max-tags",
            "\(rules.maxTags)", "--hash-bits", "\(cluster.hashBits)",
        ]
        arguments += option("grammar", input.grammar?.rawValue)
        arguments += (rules.languages ?? []).map(\.description).sorted().flatMap { ["--lang", $0] }
        arguments += flag("--include-reposts", rules.includeReposts)
        arguments += flag("--include-sensitive", rules.includeSensitive)
        arguments += flag("--include-bots", rules.includeBots)
        if let context = rules.context {
            arguments += flag("--no-links", context.links == nil)
            arguments += (context.links?.blocked.sorted() ?? []).flatMap { ["--block-host", $0] }
        }
        if case .topic(let topic, _, let region) = input {
            arguments += ["--topic", topic.name]
            arguments += topic.access.brokers.flatMap { ["--broker", $0] }
            arguments += topic.access.properties.sorted { $0.key < $1.key }.flatMap {
                ["--property", "\($0.key)=\($0.value)"]
            }
            arguments += option("password-file", cluster.passwordFile)
            arguments += option("key-password-file", cluster.keyPasswordFile)
            arguments += option("iam-region", region)
        }
        return arguments
    }
}
