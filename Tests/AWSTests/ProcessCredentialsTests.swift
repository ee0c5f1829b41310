import Calendar
import Support
import Testing
import Text

@testable import AWS

@Suite struct ProcessCredentialsTests {
    private func credentials(
        _ command: String, within limit: Duration = .seconds(60)
    ) async throws(AWSError) -> Credentials? {
        try await ProcessCredentials(
            place: "profile a", command: Secret(command),
            environment: Environment(variables: ["PATH": "/usr/bin:/bin"]),
            timeLimit: limit
        ).credentials()
    }

    @Test(arguments: [
        "sleep 60", "sleep 60 & sleep 60; exit 0", "trap '' TERM; sleep 60", "while :; do :; done",
    ])
    func `What takes too long is ended, with all that it has started`(
        _ command: String
    ) async throws {
        let start = ContinuousClock.now
        let error = await #expect(throws: AWSError.self) {
            try await credentials(command, within: .seconds(1))
        }
        #expect(error?.description == "credential_process of profile a: it took over 1 second")
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func `What waits for somebody is told with what it wants of them`() async throws {
        let error = await #expect(throws: AWSError.self) {
            try await credentials(
                "echo open https://a.example and enter ABCD >&2; sleep 60", within: .seconds(10))
        }
        #expect(
            error?.description
                == "credential_process of profile a: it took over 10 seconds, and said: "
                + "open https://a.example and enter ABCD")
    }

    @Test func `What prints without end is ended`() async throws {
        let error = await #expect(throws: AWSError.self) {
            try await credentials("yes")
        }
        #expect(
            error?.description == "credential_process of profile a: it printed over 65536 bytes")
    }

    @Test(arguments: [
        (
            "echo first >&2; printf '\\033[2Jno session; sign in\\n\\n' >&2; exit 3",
            #"it ended with code 3, and said: \u{1b}[2Jno session; sign in"#
        ),
        ("exit 1", "it ended with code 1"),
        ("kill -9 $$", "it was ended by signal 9"),
        (
            "yes | tr -d '\\n' | head -c 200000 >&2; exit 2",
            "it ended with code 2, and said: \(String(repeating: "y", count: 168))…"
        ),
        ("no-such-program", nil),
    ])
    func `What fails is told with how it ended and what it said`(
        command: String, reason: String?
    ) async throws {
        let error = await #expect(throws: AWSError.self) { try await credentials(command) }
        let words = error?.description ?? ""
        if let reason {
            #expect(words == "credential_process of profile a: \(reason)")
        } else {
            #expect(
                words.contains(
                    "it ended with code 127, which is how a shell says that there is no such command, and said: "
                ))
        }
    }

    @Test func `What it leaves behind is not waited for`() async throws {
        // It goes on for as long as the folder is there.
        try await withTemporaryFolder { folder in
            let printed = try await credentials(
                "while [ -d '\(folder)' ]; do sleep 0.1; done >/dev/null & "
                    + #"echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"B"}'"#)
            #expect(printed?.accessKeyID == "A")
        }
    }

    @Test func `An end of its credentials may be told in any zone`() async throws {
        let printed = try await credentials(
            #"echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"B","Expiration":"1994-11-06T10:49:37.5+02:00"}'"#
        )
        #expect(printed?.expiration == Timestamp(secondsSinceEpoch: 784_111_777))
    }
}
