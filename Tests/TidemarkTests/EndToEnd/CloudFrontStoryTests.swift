import Foundation
import Support
import Testing

/// A site behind CloudFront, in an imitation of AWS.
@Suite(
    "a site behind CloudFront",
    .enabled(if: AWSPeer.isThere, "the AWS of the test set-up is not installed"))
struct CloudFrontStoryTests {
    @Test("what changed is invalidated once; what could not be is told and made up for")
    func story() async throws {
        try await withAWSPeer { peer in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(path)
                let good = peer.environment.merging([
                    "TIDEMARK_PUBLISH_DISTRIBUTION": peer.distribution,
                    "TIDEMARK_SITE_URL": "https://trends.example/now/",
                ]) { $1 }
                folder.environment = good
                #expect(
                    try await folder.tidemark("publish")
                        == ProgramRun(code: 0, output: "", errors: ""))
                #expect(try await peer.invalidations() == [])

                // Every page has the title.
                folder.environment["TIDEMARK_SITE_TITLE"] = "Another title"
                #expect(try await folder.tidemark("build").code == 0)
                let dry = try await folder.tidemark("sync", "--dry-run")
                #expect(dry.output.contains("\ninvalidate  /now/"))
                #expect(try await peer.invalidations() == [])

                folder.environment["TIDEMARK_PUBLISH_DISTRIBUTION"] = "E1NOTTHERE"
                let refused = try await folder.tidemark("sync")
                #expect(refused.code == 2)
                let sentence = "the site is up, but CloudFront may serve the old one for a while: "
                #expect(
                    refused.errors.contains(
                        sentence + "CreateInvalidation on distribution E1NOTTHERE: "
                            + "NoSuchDistribution, status 404"), "\(refused.errors)")

                folder.environment["TIDEMARK_PUBLISH_DISTRIBUTION"] = peer.distribution
                let done = try await folder.tidemark("sync", "--verbose")
                #expect(done.code == 0, "\(done.errors)")
                #expect(done.errors.contains(": 0 uploaded (0 bytes), 0 deleted,"))
                let orders = try await peer.invalidations()
                #expect(orders.count == 1)
                let paths = try #require(orders.first).paths
                #expect(paths.count <= 8 && paths.allSatisfy { $0.hasPrefix("/now/") })

                let again = try await folder.tidemark("sync", "--verbose")
                #expect(again.code == 0 && !again.errors.contains("invalidated"))
                #expect(try await peer.invalidations() == orders)
            }
        }
    }

    @Test("an id that is none is an error of configuration, before anything is asked")
    func malformed() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            folder.environment = [
                "TIDEMARK_PUBLISH_BUCKET": "site", "TIDEMARK_PUBLISH_REGION": "eu-west-1",
                "TIDEMARK_PUBLISH_DISTRIBUTION": "d111.cloudfront.net",
            ]
            _ = try await folder.tidemark("build")
            let run = try await folder.tidemark("sync")
            #expect(run.code == 78)
            #expect(
                run.errors
                    == "tidemark: distribution d111.cloudfront.net: an id is capital letters "
                    + "and digits, such as E2QWRUHEXAMPLE\n")
        }
    }
}
