import AWS
import Digest
import Foundation
import Support
import Testing
import Transport

@testable import Sync

/// A publish that meets one fault, at one of its requests: no reader ever meets a broken link, and the
/// next run makes the bucket equal to the site.
///
/// `make faults` tries every fault at every request of a publish of 200 files.
@Suite struct FaultTests {
    private static let isWhole = ProcessInfo.processInfo.environment["TIDEMARK_FAULTS"] == "all"

    private static let faults = [
        "500", "500-done", "503", "skewed", "elsewhere", "reset-request", "reset-done",
        "reset-answer", "truncated", "malformed", "error-200", "repeats", "stall", "stall-done",
        "short",
    ]

    @Test(arguments: faults)
    func `A fault breaks nothing, and the next run finishes`(_ fault: String) async throws {
        try await withTemporaryFolder { folder in
            let size = Self.isWhole ? 275 : 24
            let old = try Site(FaultSite.files(size: size, isNew: false), in: folder + "/old")
            let new = try Site(FaultSite.files(size: size, isNew: true), in: folder + "/new")
            let expected = try Self.objects(of: new)
            try await withPeer("faults.py") { line in
                let peer = FaultPeer(port: Int(line) ?? 0, folder: folder)
                #expect(try await peer.publish(old).outcome == .done)
                try await peer.save()
                try await peer.reset(nil, at: 0)
                #expect(try await peer.publish(new).outcome == .done)
                let report = try await peer.report()
                let count = report.requests
                // Beside the files: the manifest is read and written, and what is gone is deleted. On a machine that
                // is busy for a minute the manifest is written once more.
                let changes = expected.changes(since: try Self.objects(of: old))
                #expect(Set(report.log).count == changes + 3, "\(report.log)")

                var survived = 0
                let all = Array(1...count)
                let some = [1, 2, 3, 4, count / 2, count - 2, count - 1, count]
                for at in Self.isWhole ? all : some {
                    try await peer.reset(fault, at: at)
                    let first = try? await peer.publish(new, bearing: .milliseconds(500))
                    survived += first?.outcome == .done ? 1 : 0
                    let second = try await peer.publish(new)
                    #expect(second.failures == [], "at \(at)")
                    let report = try await peer.report()
                    #expect(report.broken == [], "at \(at)")
                    #expect(report.site == expected, "at \(at)")
                }
                if Self.isWhole {
                    print("\(fault): \(count) places, \(survived) without a second run")
                }
            }
        }
    }

    private static let kin = [
        "empty-deletes", "no-content-deletes", "nonsense-deletes", "missing-keys",
        "no-deletes-400", "no-deletes-405", "no-deletes-501", "weak-etags", "packed-etags",
        "conditions-400", "conditions-405", "conditions-501", "conditions-fail", "wants-md5",
        "wants-checksum",
    ]

    @Test(arguments: kin)
    func `Kin of S3 are published to, from nothing and again, and then there is nothing to do`(
        _ kin: String
    ) async throws {
        try await withTemporaryFolder { folder in
            let old = try Site(FaultSite.files(size: 12, isNew: false), in: folder + "/old")
            let new = try Site(FaultSite.files(size: 12, isNew: true), in: folder + "/new")
            let expected = try Self.objects(of: new)
            try await withPeer("faults.py") { line in
                let peer = FaultPeer(port: Int(line) ?? 0, folder: folder)
                try await peer.reset(nil, at: 0, kin: kin)
                let first = try await peer.publish(old)
                #expect(first.outcome == .done)
                // Said once.
                #expect(first.notes.count == (kin.hasPrefix("conditions") ? 1 : 0))
                let report = try await peer.publish(new)
                #expect(report.outcome == .done && report.deleteCount > 0, "\(report)")
                #expect(report.notes == [])
                #expect(try await peer.report().site == expected)
                #expect(try await peer.publish(new).outcome == .nothingToDo)
                guard Self.isWhole else { return }
                let count = try await peer.report().requests / 2
                for fault in Self.faults {
                    for at in 1...count {
                        try await peer.reset(fault, at: at, kin: kin)
                        _ = try? await peer.publish(old, bearing: .milliseconds(500))
                        _ = try? await peer.publish(new, bearing: .milliseconds(500))
                        #expect(try await peer.publish(new).failures == [], "\(fault) at \(at)")
                        #expect(try await peer.report().site == expected, "\(fault) at \(at)")
                    }
                }
            }
        }
    }

    @Test(.enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
    func `So it is before a server that checks signatures, one fault after the other`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let after = FaultSite.files(size: 9, isNew: true)
            // Back and forth, with an archive that stays.
            let before = FaultSite.files(size: 9, isNew: false)
                .merging(after.filter { $0.key.hasPrefix("data/") }) { $1 }
            let sites = [
                try Site(after, in: folder + "/after"), try Site(before, in: folder + "/before"),
            ]
            try await withS3Peer { server in
                try await withPeer("faults.py", [server.endpoint]) { line in
                    let peer = FaultPeer(
                        port: Int(line) ?? 0, folder: folder, keys: server.publisher)
                    _ = try await peer.publish(sites[1])
                    for (turn, fault) in Self.faults.enumerated() {
                        let site = sites[turn % 2]
                        try await peer.reset(fault, at: 2 + turn)
                        _ = try? await peer.publish(site, bearing: .milliseconds(500))
                        #expect(try await peer.publish(site).failures == [], "\(fault)")
                        let report = try await peer.report()
                        #expect(report.broken == [], "\(fault)")
                        #expect(try report.site == Self.objects(of: site), "\(fault)")
                    }
                }
            }
        }
    }

    /// What the bucket should hold: ETag, type, caching, encoding.
    private static func objects(of site: Site) throws -> [String: [String]] {
        var objects: [String: [String]] = [:]
        for file in try LocalTree(folder: site.folder).files {
            objects[file.path.text] = [
                "\"\(MD5(of: try file.body())?.hex ?? "")\"", file.headers.contentType,
                file.headers.cacheControl, file.headers.contentEncoding ?? "",
            ]
        }
        return objects
    }
}

extension [String: [String]] {
    /// The number of uploads; deletes are one request together.
    fileprivate func changes(since old: [String: [String]]) -> Int {
        filter { old[$0.key] != $0.value }.count
    }
}
