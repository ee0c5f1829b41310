import Subprocess
import Tasks
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
    /// What it and all that it starts may take.
    var timeLimit = Duration.seconds(60)

    private static let byteLimit = 64 << 10

    private enum End: Sendable {
        case printed([UInt8])
        case tooLong
        case late
    }

    var name: String { "credential_process of \(place)" }

    func credentials() async throws(AWSError) -> Credentials? {
        let variables = environment.variables.map {
            (Subprocess.Environment.Key(stringLiteral: $0), $1)
        }
        let complaints = PrintedText(limit: Self.byteLimit)
        let end: End
        let status: TerminationStatus
        do {
            (end, status) = try await reading(to: complaints.take) { pipe in
                let outcome = try await run(
                    .path("/bin/sh"), arguments: ["-c", command.revealed],
                    environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
                    platformOptions: .ownGroup, input: .none, output: .sequence,
                    error: .fileDescriptor(pipe, closeAfterSpawningProcess: true)
                ) { execution in
                    try await Self.read(execution.standardOutput, within: timeLimit) {
                        try? execution.send(signal: .kill, toProcessGroup: true)
                    }
                }
                return (outcome.closureResult, outcome.terminationStatus)
            }
        } catch {
            if Task.isCancelled { throw .transport(.cancelled) }
            throw .credentials(place: name, reason: "it cannot be run: \(error)")
        }
        let said = complaints.lastLine
        let words = said.isEmpty ? "" : ", and said: \(said)"
        switch end {
        case .late:
            // It may have waited for somebody to do what it says.
            throw .credentials(
                place: name,
                reason: "it took over \(quantity(Int(timeLimit.components.seconds), "second"))"
                    + words)
        case .tooLong:
            throw .credentials(place: name, reason: "it printed over \(Self.byteLimit) bytes")
        case .printed(let bytes):
            guard case .exited(0) = status else {
                throw .credentials(place: name, reason: "it \(status.shellWords)" + words)
            }
            return try CredentialDocument.credentials(bytes, from: name)
        }
    }

    /// All that is printed until the last who could print has ended.
    private static func read(
        _ output: SubprocessOutputSequence, within limit: Duration,
        kill: @escaping @Sendable () -> Void
    ) async throws -> End {
        let end = ContinuousClock.now + limit
        return try await withThrowingTaskGroup(of: End.self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                var isTooLong = false
                for try await piece in output {
                    if !isTooLong { piece.withUnsafeBytes { bytes.append(contentsOf: $0) } }
                    guard bytes.count > byteLimit, !isTooLong else { continue }
                    isTooLong = true
                    kill()
                }
                return isTooLong ? .tooLong : .printed(bytes)
            }
            group.addTask {
                try? await Task.sleep(until: end, clock: .continuous)
                if !Task.isCancelled { kill() }
                return .late
            }
            let first = try await group.next() ?? .late
            group.cancelAll()
            // Those that are killed print no more, which reads like the end of what they had to say.
            return ContinuousClock.now < end ? first : .late
        }
    }
}
