import AWS
import Decode
import Snapshot

extension Settings {
    /// A source of kind `kinesis`. Lengths of time in seconds.
    struct Kinesis: Hashable, Sendable {
        let stream: String
        let region: String?
        let endpoint: String?
        let format: PostFormat
        let grammar: Grammar?
        let lookBack: Int
        let settle: Int
        let margin: Int
    }
}

extension Settings.Kinesis: SourceKind {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        stream = try keys(
            needed: "stream", .text, "Stream of Kinesis: its name, or its ARN in another account")
        region = try keys(
            "region", .text, "Region of the stream; without it, the AWS profile's")
        endpoint = try keys(
            "endpoint", .address("https", "http"),
            "Address of another server than Amazon's; without it, what AWS_ENDPOINT_URL_KINESIS or the AWS profile names"
        )
        format = try keys.format()
        grammar = try keys.grammar()
        lookBack = try keys.lookBack()
        settle = try keys.settle()
        margin = try keys.margin()
    }

    var origin: String { "from a stream of Kinesis" }

    func reading(in mode: Settings.Window.Mode) -> SourceReading {
        mode == .live ? .live : .slots(settle: settle)
    }

    /// A shard gives only so much a second, to all that read it together.
    var isExclusive: Bool { true }

    func postSource(named name: String, for run: SourceRun) -> any PostSource {
        KinesisSource(
            name: name, stream: stream,
            options: .init(
                format: format, grammar: grammar, lookBack: lookBack, settle: settle,
                margin: margin, isLive: run.isLive)
        ) { () throws(AWSError) in
            try KinesisClient(stream: stream, at: access(named: name, run.environment))
        }
    }

    /// Where the stream of the source of this name is asked, and as whom.
    func access(
        named name: String, _ environment: [String: String]
    ) throws(AWSError) -> ServiceAccess {
        try ServiceAccess(
            "kinesis", environment: environment, region: region, endpoint: endpoint,
            setting: "sources.\(name).region")
    }
}
