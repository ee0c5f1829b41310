import Calendar
import Foundation
import Support
import Testing
import Transport

/// `tidemark doctor` on set-ups that a publish would fail with, before anybody has mended them: the one thing to do.
@Suite("tidemark doctor, set-ups") struct DoctorSetUpTests {
    struct SetUp: CustomTestStringConvertible, Sendable {
        /// `PATH` in what follows stands for the folder.
        var publish = "{ directory: www }"
        var environment: [String: String] = [:]
        var files: [String: String] = [:]
        var links: [String: String] = [:]
        /// The only line that says that something is wrong, up to where it goes on.
        let wrong: String

        var testDescription: String { wrong }
    }

    private static let bucket = "{ bucket: site, region: us-east-1 }"
    private static let readOnly = """
        #!/bin/sh
        for last; do :; done
        case $last in
            git-receive-pack*)
                echo "ERROR: The key you are authenticating with has been marked as read only." >&2
                exit 128 ;;
        esac
        eval "$last"

        """

    private static let setUps: [SetUp] = [
        SetUp(
            files: ["archive/withdrawn.csv": "tag,since,reason\n\"two words,,\n"],
            wrong: "archive: archive/withdrawn.csv:2: "),
        SetUp(
            files: ["archive/withdrawn.csv": "hashtag;since\nart;\n"],
            wrong: "archive: archive/withdrawn.csv:1: expected the header tag,since,reason"),
        SetUp(
            files: ["archive/withdrawn.csv": "tag,since,reason\n$$$,,\n"],
            wrong: "archive: archive/withdrawn.csv:2: "),
        SetUp(
            files: ["archive/Withdrawn.csv": "tag,since,reason\n"],
            wrong:
                "archive: archive/Withdrawn.csv: it is not read under this name, and what it says"),
        SetUp(
            files: ["archive/windows/2026.CSV": ""],
            wrong: "archive: archive/windows/2026.CSV: it is not read under this name"),
        SetUp(
            files: [
                "archive/windows/2999.csv":
                    "slot,source,start,end,status,coverage,posts,tagged,accounts,tags,duplicates,dropped,reconnects,version\n"
                    + "2999-11-22T18:00:00Z,sky,2999-11-22T18:00:00Z,2999-11-23T00:00:00Z,complete,1,1,1,1,1,0,0,0,1\n"
            ],
            wrong:
                "archive: the archive has a window of sky for 2999-11-22T18:00:00Z, which has not begun: it"
        ),
        SetUp(
            files: [
                "archive/windows/2026.csv":
                    "slot;source;start;end;status;coverage;posts;tagged;accounts;tags\n"
            ],
            wrong: "archive: archive/windows/2026.csv:1: expected the header slot,source,"),
        SetUp(
            files: ["www/.tidemark/manifest.json": "{\"version\":3}"],
            wrong:
                "publish.directory: a later Tidemark has published there: its manifest has version 3, and this one"
        ),
        SetUp(
            files: ["www": "in the way"], wrong: "publish.directory: www is not a folder"),
        SetUp(
            links: ["www": "disk"],
            wrong:
                "publish.directory: www: cannot be written: it is a link to what is not there, perhaps on a disk that"
        ),
        SetUp(
            publish: bucket, environment: ["AWS_ENDPOINT_URL_S3": "localhost:9000"],
            wrong: "publish.bucket: AWS_ENDPOINT_URL_S3: is no address such as https://host: "),
        SetUp(
            publish: bucket,
            files: [".aws/config": "[default]\nendpoint_url = me:hunter2@host\n"],
            wrong:
                "publish.bucket: endpoint_url of profile default: is no address such as https://host: "
        ),
        SetUp(
            publish: bucket,
            environment: ["AWS_ACCESS_KEY_ID": "ID\n", "AWS_SECRET_ACCESS_KEY": "hunter2"],
            wrong: "publish.bucket: AWS_ACCESS_KEY_ID: holds a space or the end of a line"),
        SetUp(
            publish: bucket,
            environment: ["AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere", "AWS_ROLE_ARN": "arn:a"],
            wrong:
                "publish.bucket: /nowhere: there is no such file; it is to hold the token of web identity"
        ),
        SetUp(
            publish: "{ repository: \"git@host:PATH/pages.git\" }",
            environment: ["GIT_SSH_COMMAND": "sh PATH/read-only"], files: ["read-only": readOnly],
            wrong:
                "publish.repository: git push: The key you are authenticating with has been marked as read only; let"
        ),
        SetUp(
            publish: "{ repository: PATH/nowhere.git }",
            wrong: "publish.repository: git ls-remote: 'PATH/nowhere.git' does not appear to be a"),
        SetUp(
            publish: "\n\t{ directory: www }",
            wrong:
                "configuration: tidemark.yaml:5: is not YAML: found character that cannot start any token; the line begins "
                + "with a tab: indent it with spaces"),
    ]

    @Test(arguments: setUps) func `says the one thing to do`(setUp: SetUp) async throws {
        try await withTemporaryFolder { path in
            func here(_ text: String) -> String { text.replacing("PATH", with: path) }
            var folder = try OperatorFolder(
                path,
                "\(HookStoryTests.sources)\npublish: \(here(setUp.publish))")
            folder.environment = ["AWS_EC2_METADATA_DISABLED": "true", "HOME": path]
            folder.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
            folder.environment.merge(setUp.environment.mapValues(here)) { $1 }
            for (name, text) in setUp.files { try write(text, to: "\(path)/\(name)") }
            for (name, end) in setUp.links {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(path)/\(name)", withDestinationPath: "\(path)/\(end)")
            }
            _ = try await ProgramRun.program(
                "/usr/bin/git", ["init", "--quiet", "--bare", "pages.git"], in: path,
                environment: ["HOME": path])
            let run = try await folder.tidemark("doctor")
            let wrong = run.output.split(separator: "\n").filter { $0.hasPrefix("wrong ") }
            #expect(run.code == 1 && wrong.count == 1, "\(run.output)")
            #expect(wrong.first?.hasPrefix("wrong  " + here(setUp.wrong)) == true, "\(run.output)")
            #expect(!run.output.contains("hunter2") && run.errors == "")
        }
    }

    @Test func `says that a repository takes a push, without one`() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path, "publish: { repository: \(path)/pages.git }")
            folder.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": path]
            let git = try await ProgramRun.program(
                "/usr/bin/git", ["init", "--quiet", "--bare", "pages.git"], in: path)
            #expect(git.code == 0)
            let run = try await folder.tidemark("doctor", "--sources.sample.kind", "sample")
            #expect(
                run.output.contains(
                    "ok     publish.repository: answers, and would take a push; the first publish makes its branch gh-pages\n"
                ), "\(run.output)")
            let refs = try FileManager.default.contentsOfDirectory(
                atPath: path + "/pages.git/refs/heads")
            #expect(refs == [])
        }
    }

    @Test func `says of a bucket that a later version has published to that it has`() async throws {
        try await withPeer("faults.py") { port in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(
                    path,
                    """
                    \(HookStoryTests.sources)
                    publish: { bucket: site, region: us-east-1, endpoint: "http://127.0.0.1:\(port)" }
                    """)
                folder.environment = ["AWS_ACCESS_KEY_ID": "ID", "AWS_SECRET_ACCESS_KEY": "KEY"]
                let manifest = try Address("http://127.0.0.1:\(port)/site/.tidemark/manifest.json")
                let put = Request(
                    .put, manifest,
                    headers: [
                        "x-amz-date": "\(Timestamp.now())".replacing("-", with: "").replacing(
                            ":", with: ""),
                        "x-amz-content-sha256":
                            "9af23cea10a478f3bb916ff35c07a36debe444adf9b56814ab63861ec674ab8b",
                    ],
                    body: Array(#"{"version":3}"#.utf8))
                #expect(try await HTTPClient().send(put).status == 200)
                let wrong =
                    "a later Tidemark has published there: its manifest has version 3, and this one reads "
                let run = try await folder.tidemark("doctor")
                #expect(run.code == 1 && run.output.contains("publish.bucket: site: " + wrong))
                let publish = try await folder.tidemark("publish")
                #expect(publish.code == 3 && publish.errors.contains(wrong), "\(publish.errors)")
            }
        }
    }

    @Test(arguments: [
        "", "no-deletes-501", "conditions-501", "conditions-400", "weak-etags", "wants-md5",
        "wants-checksum", "no-content-deletes",
    ])
    func `is content with a bucket that does what S3 does in another way`(kin: String) async throws
    {
        try await withPeer("faults.py") { port in
            try await withTemporaryFolder { path in
                let told =
                    "{\"fault\":null,\"at\":0,\"kin\":\(kin.isEmpty ? "null" : "\"\(kin)\"")}"
                let reset = try Address("http://127.0.0.1:\(port)/-/reset")
                _ = try await HTTPClient().send(Request(.post, reset, body: Array(told.utf8)))
                var folder = try OperatorFolder(
                    path,
                    """
                    \(HookStoryTests.sources)
                    publish: { bucket: site, region: us-east-1, endpoint: "http://127.0.0.1:\(port)" }
                    """)
                folder.environment = ["AWS_ACCESS_KEY_ID": "ID", "AWS_SECRET_ACCESS_KEY": "KEY"]
                let run = try await folder.tidemark("doctor")
                #expect(run.code == 0, "\(run.output)")
                #expect(
                    run.output.contains("ok     publish.bucket: site takes and deletes objects"))
            }
        }
    }

    @Test(arguments: [
        (
            "HTTP/1.1 404 Not Found\nContent-Length: 0\n\n",
            "does an S3 server answer at publish.endpoint"
        ),
        (
            "HTTP/1.1 307 Moved\nLocation: https://other.example/\nContent-Length: 0\n\n",
            "publish.endpoint"
        ),
        ("HTTP/1.1 200 OK\nContent-Length: 9\n\n<html>Hi!", "check publish.endpoint"),
    ])
    func `says of what is no S3 server that the endpoint may be wrong`(
        answer: String, sentence: String
    ) async throws {
        try await withScriptedServer([[.text(answer)]]) { port in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(
                    path,
                    """
                    \(HookStoryTests.sources)
                    publish: { bucket: site, region: us-east-1, endpoint: "http://127.0.0.1:\(port)" }
                    """)
                folder.environment = ["AWS_ACCESS_KEY_ID": "ID", "AWS_SECRET_ACCESS_KEY": "KEY"]
                let run = try await folder.tidemark("doctor")
                #expect(run.code == 1)
                #expect(
                    run.output.split(separator: "\n").contains {
                        $0.hasPrefix("wrong  publish.bucket: ") && $0.contains(sentence)
                    }, "\(run.output)")
            }
        }
    }
}
