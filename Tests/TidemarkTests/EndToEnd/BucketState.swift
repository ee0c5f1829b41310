import Foundation
import Support

@testable import Decode

/// What a bucket holds, as a client that is not ours sees it.
struct BucketState: Hashable {
    struct Object: Hashable, Decodable {
        let type: String
        let cache: String
        let modified: String
        let etag: String
        let bytes: Data
    }

    private(set) var objects: [String: Object]

    init(_ peer: S3Peer, bucket: String = "site") async throws {
        let run = try await ProgramRun.program(
            Repository.python ?? "/usr/bin/python3",
            [
                "\(Repository.folder)/Tests/Peers/objects.py", peer.endpoint, bucket,
                peer.reader.accessKeyID, peer.reader.secretAccessKey,
            ], in: "/", environment: [:])
        objects = try JSONDecoder().decode([String: Object].self, from: Data(run.output.utf8))
        // Our own manifest is no part of the site.
        objects = objects.filter { !$0.key.hasPrefix(".tidemark/") }
    }

    var contents: [String: Data] { objects.mapValues(\.bytes) }

    /// The keys that are new, gone or uploaded again.
    func changes(since old: BucketState) -> [String] {
        Set(objects.keys).union(old.objects.keys).filter { objects[$0] != old.objects[$0] }
            .sorted()
    }
}
