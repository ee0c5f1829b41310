import Foundation
import Support
import Testing

/// What a bucket can refuse: the site in it stays as it was, and the archive goes on.
@Suite(
    "failures of a bucket",
    .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
struct BucketFailureTests {
    @Test("each refusal is one sentence with its exit code, tells no secret, and changes nothing")
    func refusals() async throws {
        try await withS3Peer { peer in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(path)
                folder.publish(to: peer)
                #expect(
                    try await folder.tidemark("publish")
                        == ProgramRun(code: 0, output: "", errors: ""))
                let bucket = try await BucketState(peer)
                let good = folder.environment
                // Something to upload, and something to delete.
                try write(
                    "tag,since,reason\ntidewatch,2026-11-22T00:00:00Z,asked for\n",
                    to: "\(path)/archive/withdrawn.csv")

                for refusal in Self.refusals(peer) {
                    folder.environment = good.merging(refusal.environment) { $1 }
                        .filter { !$0.value.isEmpty }
                    for command in ["publish", "sync"] {
                        let run = try await folder.tidemark(command, "--verbose")
                        let sentence = run.errors.split(separator: "\n").last.map(String.init)
                        #expect(sentence == "tidemark: " + refusal.sentence, "\(command)")
                        #expect(run.code == refusal.code, "\(command): \(refusal.sentence)")
                        for secret in [Self.secret, peer.publisher.secretAccessKey] {
                            #expect(!run.errors.contains(secret))
                        }
                        #expect(try await BucketState(peer).changes(since: bucket) == [])
                    }
                }

                // Withdrawing a hashtag takes lines out of published lists, and that is no loss.
                folder.environment = good
                #expect(
                    try await folder.tidemark("publish")
                        == ProgramRun(code: 0, output: "", errors: ""))
                let after = try await BucketState(peer)
                #expect(after.contents == (try folder.state().contents(of: "public")))
                #expect(
                    after.contents.filter {
                        String(decoding: $0.value, as: UTF8.self).lowercased().contains("tidewatch")
                    }.keys.sorted() == [])
                #expect(
                    folder.rows("top/2026/2026-11-20.csv").contains { $0.contains("tidewatch") })
            }
        }
    }

    private static let secret = "sesame+open/this=secret"

    private struct Refusal {
        var environment: [String: String]
        var code: Int32
        var sentence: String
    }

    private static func refusals(_ peer: S3Peer) -> [Refusal] {
        // That of the password database, as runs have no HOME.
        let home = FileManager.default.homeDirectoryForCurrentUser.path
        return [
            Refusal(
                environment: ["AWS_SECRET_ACCESS_KEY": secret], code: 1,
                sentence:
                    "GetObject on site/.tidemark/manifest.json: the signature does not match; "
                    + "check AWS_SECRET_ACCESS_KEY or the profile"),
            Refusal(
                environment: ["AWS_ACCESS_KEY_ID": "NOBODY"], code: 1,
                sentence: "GetObject on site/.tidemark/manifest.json: the access key id is not "
                    + "known there; check AWS_ACCESS_KEY_ID or the profile"),
            Refusal(
                environment: [
                    "AWS_ACCESS_KEY_ID": peer.reader.accessKeyID,
                    "AWS_SECRET_ACCESS_KEY": peer.reader.secretAccessKey,
                ], code: 1,
                sentence:
                    "PutObject on site/.tidemark/manifest.json: access denied (AccessDenied); "
                    + "the credentials need s3:PutObject on arn:aws:s3:::site/*, and s3:ListBucket "
                    + "on arn:aws:s3:::site"),
            Refusal(
                environment: ["TIDEMARK_PUBLISH_BUCKET": "no-such-bucket"], code: 1,
                sentence: "GetObject on no-such-bucket/.tidemark/manifest.json: there is no such "
                    + "bucket; create it or correct publish.bucket"),
            Refusal(
                environment: [
                    "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "",
                    "AWS_EC2_METADATA_DISABLED": "true",
                ], code: 78,
                sentence: "no AWS credentials found in the environment (AWS_ACCESS_KEY_ID, "
                    + "AWS_SECRET_ACCESS_KEY); nor in web identity (AWS_WEB_IDENTITY_TOKEN_FILE, "
                    + "AWS_ROLE_ARN); nor in profile default in \(home)/.aws/credentials and \(home)/.aws/config; "
                    + "nor in the container (AWS_CONTAINER_CREDENTIALS_FULL_URI, …_RELATIVE_URI); "
                    + "nor in EC2 instance metadata (switched off by AWS_EC2_METADATA_DISABLED)"),
            Refusal(
                environment: ["TIDEMARK_PUBLISH_MAX_DELETES": "0"], code: 3,
                sentence:
                    "refused, and the published site stays as it is: 3 files would be deleted from it, and "
                    + "publish.maxDeletes allows 0. tidemark sync --dry-run shows them; if they are to go, "
                    + "tidemark sync --max-deletes 3 lets them go, this once"),
        ]
    }

    @Test(
        "a server that says nothing but 403 is one sentence; the site is made all the same"
    )
    func forbidden() async throws {
        let answer: ScriptedPart = "HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n"
        try await withScriptedServer([[answer]]) { port in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(path)
                _ = try await folder.tidemark("snapshot")
                folder.environment = [
                    "AWS_ACCESS_KEY_ID": "somebody", "AWS_SECRET_ACCESS_KEY": Self.secret,
                    "AWS_SESSION_TOKEN": Self.secret, "TIDEMARK_PUBLISH_BUCKET": "site",
                    "TIDEMARK_PUBLISH_ENDPOINT": "http://127.0.0.1:\(port)",
                ]
                let run = try await folder.tidemark("publish", "--verbose")
                #expect(run.code == 1)
                #expect(
                    run.errors.hasSuffix(
                        "tidemark: GetObject on site/.tidemark/manifest.json: access denied (status "
                            + "403); the credentials need s3:GetObject on arn:aws:s3:::site/*, and "
                            + "s3:ListBucket on arn:aws:s3:::site\n"))
                #expect(!run.errors.contains(Self.secret))
                // The site was made all the same.
                #expect(folder.rows("windows/2026.csv").count == 5)
                #expect(!folder.text("public/index.html").isEmpty)
                for (_, bytes) in try folder.state().contents(of: "public") {
                    #expect(!String(decoding: bytes, as: UTF8.self).contains(Self.secret))
                }
            }
        }
    }

    @Test("a secret in the file or on the command line is refused and not repeated")
    func misplaced() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            try write(
                folder.configuration
                    + "publish: { bucket: site, secretAccessKey: \"\(Self.secret)\" }\n",
                to: "\(path)/secret.yaml")
            for run in [
                try await folder.tidemark("sync", "--config", "secret.yaml"),
                try await folder.tidemark("sync", "--publish.secretAccessKey", Self.secret),
                try await folder.tidemark("sync", "--sources.sky.token=\(Self.secret)"),
            ] {
                #expect([64, 78].contains(run.code))
                #expect(run.errors.contains("a secret does not belong here"))
                #expect(!run.errors.contains(Self.secret))
            }
        }
    }

    @Test("a run that is killed leaves no core dump, which would hold its environment")
    func coreDump() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            _ = try await folder.tidemark("publish")
            // The toolchain's own tracer of crashes would keep the killed run waiting.
            folder.environment = [
                "AWS_SECRET_ACCESS_KEY": Self.secret, "PATH": "/usr/bin:/bin",
                "SWIFT_BACKTRACE": "enable=no",
            ]
            // What is killed has said a line, so that it has come to where it works.
            let script = """
                ulimit -c unlimited
                mkfifo said
                "$@" >said 2>&1 &
                exec 3<said
                read -r line <&3
                kill -ABRT $!
                wait $!
                echo $?
                """
            let commands = [
                "other": ["/bin/sh", "-c", "echo; exec sleep 600"],
                "tidemark": [Repository.product("tidemark"), "serve", "--port", "0"],
            ]
            for (name, command) in commands {
                let place = "\(path)/\(name)"
                try FileManager.default.createDirectory(
                    atPath: place, withIntermediateDirectories: true)
                try FileManager.default.copyItem(
                    atPath: "\(path)/public", toPath: place + "/public")
                let run = try await ProgramRun.program(
                    "/bin/bash", ["-c", script, "bash"] + command, in: place,
                    environment: folder.environment)
                #expect(run.output == "134\n", "\(name): \(run)")
                let dumps = try FileManager.default.contentsOfDirectory(atPath: place)
                    .filter { $0.hasPrefix("core") }
                // Where dumps go to a program instead, no place shows that there is none.
                let goesToFile = try !String(
                    contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8
                ).contains(#/^[|/]/#)
                #expect(dumps.isEmpty == (name == "tidemark" || !goesToFile), "\(name): \(dumps)")
            }
        }
    }
}
