import Foundation
import Support
import Testing

/// `tidemark bucket` against an imitation of AWS.
@Suite(
    "tidemark bucket",
    .enabled(if: AWSPeer.isThere, "the AWS of the test set-up is not installed"))
struct BucketCommandTests {
    @Test("it shows what is missing and changes nothing; with --apply it sets it, once")
    func story() async throws {
        try await withAWSPeer { peer in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(path)
                folder.environment = peer.environment.merging(["TIDEMARK_PUBLISH_PREFIX": "now"]) {
                    $1
                }
                let before = try await peer.setup()
                let shown = try await folder.tidemark("bucket")
                #expect(shown.code == 0 && shown.errors == "")
                #expect(
                    shown.output == """
                        access      as the site needs it
                        policy      not set
                            + {
                            +   "Statement" : [
                            +     {
                            +       "Action" : "s3:GetObject",
                            +       "Effect" : "Allow",
                            +       "Principal" : "*",
                            +       "Resource" : "arn:aws:s3:::site/now/*",
                            +       "Sid" : "TidemarkPublicRead"
                            +     }
                            +   ],
                            +   "Version" : "2012-10-17"
                            + }
                        website     not set
                            + IndexDocument
                            +   Suffix: index.html
                            + ErrorDocument
                            +   Key: now/404.html
                        cors        not set
                            + CORSRule
                            +   AllowedOrigin: *
                            +   AllowedMethod: GET
                            +   AllowedMethod: HEAD
                            +   AllowedHeader: *
                            +   ExposeHeader: ETag
                            +   ExposeHeader: Content-Range
                            +   ExposeHeader: Accept-Ranges
                            +   MaxAgeSeconds: 86400
                        versioning  better on: what is overwritten or deleted by mistake could be had back
                            + Status: Enabled

                        """)
                #expect(try await peer.setup() == before)

                let applied = try await folder.tidemark("bucket", "--apply", "--verbose")
                #expect(applied.code == 0, "\(applied.errors)")
                #expect(applied.errors == "site: set policy, website, cors.\n")
                let after = try await peer.setup()
                #expect(after.contains(#""Suffix": "index.html""#))
                #expect(after.contains(#""Key": "now/404.html""#))
                #expect(after.contains(#""Resource": "arn:aws:s3:::site/now/*""#))
                #expect(after.contains(#""AllowedOrigins": ["*"]"#))

                let again = try await folder.tidemark("bucket", "--apply", "--verbose")
                #expect(again.errors == "site: nothing to do.\n", "\(again.output)")
                let json = try await folder.tidemark("bucket", "--json")
                let states = json.output.split(separator: "\n").filter { $0.contains("\"state\"") }
                #expect(states.count { $0.contains("set") } == 4)
            }
        }
    }

    @Test("--policy prints the permissions of a publisher under its prefix, and asks nobody")
    func policy() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            folder.environment = [
                "TIDEMARK_PUBLISH_BUCKET": "site", "TIDEMARK_PUBLISH_REGION": "eu-west-1",
                "TIDEMARK_PUBLISH_PREFIX": "now", "TIDEMARK_PUBLISH_DISTRIBUTION": "E2QWRUHEXAMPLE",
            ]
            let run = try await folder.tidemark("bucket", "--policy")
            #expect(run.code == 0 && run.errors == "")
            #expect(
                run.output == """
                    {
                      "Statement" : [
                        {
                          "Action" : "s3:ListBucket",
                          "Condition" : {
                            "StringLikeIfExists" : {
                              "s3:prefix" : "now/*"
                            }
                          },
                          "Effect" : "Allow",
                          "Resource" : "arn:aws:s3:::site",
                          "Sid" : "List"
                        },
                        {
                          "Action" : [
                            "s3:GetObject",
                            "s3:PutObject",
                            "s3:DeleteObject"
                          ],
                          "Effect" : "Allow",
                          "Resource" : "arn:aws:s3:::site/now/*",
                          "Sid" : "Publish"
                        },
                        {
                          "Action" : "cloudfront:CreateInvalidation",
                          "Effect" : "Allow",
                          "Resource" : "arn:aws:cloudfront::*:distribution/E2QWRUHEXAMPLE",
                          "Sid" : "Invalidate"
                        }
                      ],
                      "Version" : "2012-10-17"
                    }

                    """)
        }
    }

    @Test("without a bucket, or with a directory, it is configuration; two flags that fight, usage")
    func misuse() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            #expect(try await folder.tidemark("bucket").code == 78)
            #expect(try await folder.tidemark("bucket", "--policy", "--apply").code == 64)
            folder.environment = ["TIDEMARK_PUBLISH_DIRECTORY": path + "/www"]
            #expect(try await folder.tidemark("bucket").code == 78)
        }
    }
}
