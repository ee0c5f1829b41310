import Foundation
import Support

/// A bucket, and who uses it.
struct CollectShore: Sendable {
    private static let lines: [String] = (1...40).map { number in
        #"{"did":"did:example:p\#(number % 9)","time_us":\#(1_795_176_000_000_000 + number * 1_000_000),"#
            + #""commit":{"rev":"3lbsw5kzdqk2\#(number % 2 == 0 ? "2" : "z")","operation":"#
            + #""\#(number % 11 == 0 ? "delete" : "create")","collection":"app.bsky.feed.post","#
            + #""rkey":"\#(number % 7)","record":{"tags":["Tide","Kelp\#(number % 3)"]}}}"# + "\n"
    }
    /// When a slot is over, and all who collect have had time.
    static let closing = "2026-11-20T18:25:00Z"

    let path: String
    let peer: S3Peer
    var place = "s3://parts/private"

    init(_ path: String, _ peer: S3Peer) throws {
        (self.path, self.peer) = (path, peer)
        for (name, lines) in [
            ("a", Self.lines[..<9]), ("b", Self.lines[9..<30]), ("c", Self.lines[30...]),
            ("whole", Self.lines[...]),
        ] { try write(lines.joined(), to: "\(path)/\(name)") }
        try write("correct horse battery staple", to: path + "/secret")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: path + "/secret")
    }

    var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": peer.publisher.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": peer.publisher.secretAccessKey,
            "AWS_ENDPOINT_URL_S3": peer.endpoint, "TMPDIR": path,
            "TIDEMARK_PUBLISH_PATIENCE": "10m",
        ]
    }

    func publisher(_ name: String, deadline: String = "30m") throws -> OperatorFolder {
        var folder = try OperatorFolder(
            "\(path)/\(name)",
            "warnings: { coverage: 0% }\n"
                + "sources: { sky: { kind: collect, members: [a, b, c], place: \"\(place)\", "
                + "deadline: \(deadline) } }\n")
        folder.environment = environment
        return folder
    }

    func close(_ folder: OperatorFolder, at now: String = closing) async throws -> ProgramRun {
        try await run(["snapshot", "--now", now], in: folder.path, folder.environment)
    }

    /// Maps a share, as a collector does.
    func map(
        _ name: String, of file: String? = nil, _ more: [String] = [],
        _ environment: [String: String]? = nil
    ) async throws -> ProgramRun {
        try await run(
            [
                "part", "map", "--format", "jetstream", "--salt-file", "secret", "--source",
                "sky", "--name", name, "--output", place,
            ] + more + [file ?? name], in: path, environment ?? self.environment)
    }

    func run(
        _ arguments: [String], in folder: String, _ environment: [String: String]
    ) async throws -> ProgramRun {
        try await ProgramRun.program(
            Repository.product("tidemark"), arguments, in: folder, environment: environment)
    }

    /// What is left of parts on this machine.
    var left: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path))?
            .filter { $0.hasPrefix("tidemark-parts") } ?? ["?"]
    }

    func archive(_ folder: OperatorFolder) throws -> [String: Data] {
        var files: [String: Data] = [:]
        let archive = folder.path + "/archive"
        for path in try FileManager.default.subpathsOfDirectory(atPath: archive)
        where path.hasSuffix(".csv") {
            files[path] = FileManager.default.contents(atPath: "\(archive)/\(path)")
        }
        return files
    }
}
