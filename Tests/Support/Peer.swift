import Subprocess

/// Runs a server of `Tests/Peers` while the body does, and hands the body the first line it prints.
///
/// A peer serves until its standard input is closed, which the end of the body does, and the end of
/// the tests too, whatever ended them.
@discardableResult
public func withPeer<Result: Sendable>(
    _ script: String, _ arguments: [String] = [], python: String? = Repository.python,
    _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    let outcome = try await run(
        python.map { .path(.init($0)) } ?? .name("python3"),
        arguments: .init(["\(Repository.folder)/Tests/Peers/\(script)"] + arguments),
        input: .inputWriter, output: .sequence, error: .currentStandardError
    ) { execution in
        for try await line in execution.standardOutput.strings() {
            let result = try await body(line)
            try await execution.standardInputWriter.finish()
            return result
        }
        throw PeerError.ended(script: script)
    }
    return outcome.closureResult
}

/// Why a test has no peer to speak with.
public enum PeerError: Error {
    case ended(script: String)
}
