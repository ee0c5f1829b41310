import Testing
import Text

@testable import AWS

@Suite struct ProcessCredentialsTests {
    private func credentials(_ command: String) async throws(AWSError) -> Credentials? {
        try await ProcessCredentials(
            place: "profile a", command: Secret(command),
            environment: Environment(variables: ["PATH": "/usr/bin:/bin"]),
            timeLimit: .seconds(1)
        ).credentials()
    }

    @Test(arguments: [
        "sleep 60", "sleep 60 & sleep 60; exit 0", "trap '' TERM; sleep 60", "while :; do :; done",
    ])
    func `What takes too long is ended, with all that it has started`(
        _ command: String
    ) async throws {
        let start = ContinuousClock.now
        let error = await #expect(throws: AWSError.self) { try await credentials(command) }
        #expect(error?.description == "credential_process of profile a: it took over 1 seconds")
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func `What prints without end is ended`() async throws {
        let error = await #expect(throws: AWSError.self) { try await credentials("yes") }
        #expect(
            error?.description == "credential_process of profile a: it printed over 65536 bytes")
    }

    @Test func `An end of its credentials may be told in any zone`() async throws {
        let printed = try await credentials(
            #"echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"B","Expiration":"1994-11-06T10:49:37.5+02:00"}'"#
        )
        #expect(printed?.expiration == SigningTime(secondsSinceEpoch: 784_111_777))
    }
}
