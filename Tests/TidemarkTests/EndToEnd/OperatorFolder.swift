import Foundation
import Support

/// A folder as an operator has one: a configuration and recordings; runs of the built program in it.
struct OperatorFolder {
    let path: String
    let configuration: String
    /// The only variables that the program sees.
    var environment: [String: String] = [:]

    /// The time every run is for: after all recordings.
    static let now = "2026-11-22T06:00:00Z"

    /// The recordings of `Tests/Fixtures/EndToEnd`, one of each format.
    static let recordings = """
        sources:
          birds: { kind: file, paths: [v1.ndjson], format: v1 }
          later: { kind: file, paths: [v2.ndjson], format: v2 }
          sky: { kind: file, paths: [jetstream.ndjson], format: jetstream }
          towns: { kind: file, paths: [mastodon.sse], format: mastodon }
        """

    init(_ path: String, _ configuration: String = recordings) throws {
        self.path = path
        self.configuration = """
            site: { title: Ebb & Flow, url: "https://trends.example/" }
            templates: "\(Repository.folder)/Templates"
            \(configuration)

            """
        try write(self.configuration, to: "\(path)/tidemark.yaml")
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.fixtures) {
            // Not `copyItem`: a listing of a folder that changes meanwhile can hold a name twice.
            try write(
                Array(Data(contentsOf: URL(fileURLWithPath: "\(Self.fixtures)/\(name)"))),
                to: "\(path)/\(name)")
        }
    }

    private static let fixtures = Repository.folder + "/Tests/Fixtures/EndToEnd"

    /// Lets the runs publish to a bucket of the server.
    mutating func publish(
        to peer: S3Peer, bucket: String = "site",
        as pair: (accessKeyID: String, secretAccessKey: String)? = nil
    ) {
        let pair = pair ?? peer.publisher
        environment = [
            "AWS_ACCESS_KEY_ID": pair.accessKeyID, "AWS_SECRET_ACCESS_KEY": pair.secretAccessKey,
            "TIDEMARK_PUBLISH_ENDPOINT": peer.endpoint, "TIDEMARK_PUBLISH_BUCKET": bucket,
        ]
    }

    /// Runs `tidemark` at `now` with the flags of this test behind its own.
    func tidemark(_ command: String, _ arguments: String...) async throws -> ProgramRun {
        let time = ["publish", "snapshot"].contains(command) ? ["--now", Self.now] : []
        return try await ProgramRun.program(
            Repository.product("tidemark"), [command] + time + arguments, in: path,
            environment: environment)
    }

    /// A file of the folder; empty if there is none.
    func text(_ file: String) -> String { Support.text("\(path)/\(file)") }

    /// The lines of an archive file without its header, sorted: sources are read side by side, and
    /// what is ready first is appended first.
    func rows(_ file: String) -> [String] {
        text("archive/\(file)").split(separator: "\n").dropFirst().map(String.init).sorted()
    }

    /// A line of windows without the cell before its last, the hash of its rules, which other tests are of.
    static func withoutRules(_ row: String) -> String {
        var cells = row.split(separator: ",", omittingEmptySubsequences: false)
        cells.remove(at: cells.count - 2)
        return cells.joined(separator: ",")
    }

    /// The archive and the site, as they are on the disk.
    func state() throws -> FolderState {
        try FolderState(path, of: ["archive", "public"])
    }
}
