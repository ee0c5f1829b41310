import Subprocess
import Text
import Transport

/// What the `credential_process` of a profile prints.
///
/// Source: AWS SDKs and Tools Reference Guide, "Process credential provider".
struct ProcessCredentials: CredentialSource {
    /// The profile, in words.
    let place: String
    /// As the profile has it, for the shell; it may hold secrets.
    let command: Secret
    let environment: Environment

    var name: String { "credential_process of \(place)" }

    func credentials() async throws(AWSError) -> Credentials? {
        let variables = environment.variables.map {
            (Subprocess.Environment.Key(stringLiteral: $0), $1)
        }
        let printed: [UInt8]
        do {
            let result = try await run(
                .path("/bin/sh"), arguments: ["-c", command.revealed],
                environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
                output: .bytes(limit: 64 << 10), error: .currentStandardError)
            guard case .exited(0) = result.terminationStatus else {
                throw AWSError.credentials(
                    place: name, reason: "it failed: \(result.terminationStatus)")
            }
            printed = result.standardOutput
        } catch let error as AWSError {
            throw error
        } catch {
            throw .credentials(place: name, reason: "it cannot be run: \(error)")
        }
        return try CredentialDocument.credentials(printed, from: name)
    }
}
