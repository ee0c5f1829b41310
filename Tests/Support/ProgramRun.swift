import Foundation
import Subprocess
import SystemPackage

/// One finished run of a program: its exit code (128 + signal if a signal ended it) and all that
/// it wrote.
public struct ProgramRun: Hashable, Sendable {
    public let code: Int32
    public let output: String
    public let errors: String

    public init(code: Int32, output: String, errors: String) {
        self.code = code
        self.output = output
        self.errors = errors
    }

    /// Runs the `tidemark` that the build made, with no environment but the one given.
    public static func tidemark(
        _ arguments: String..., in folder: String, environment: [String: String] = [:]
    ) async throws -> ProgramRun {
        try await program(
            Repository.product("tidemark"), arguments, in: folder, environment: environment)
    }

    /// Runs a program by its path, with no environment but the one given.
    public static func program(
        _ path: String, _ arguments: [String], in folder: String,
        environment: [String: String] = [:]
    ) async throws -> ProgramRun {
        let result = try await run(
            .path(FilePath(path)), arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(
                    uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) })),
            workingDirectory: FilePath(folder), output: .string(limit: 10_000_000),
            error: .string(limit: 1_000_000))
        let code: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return ProgramRun(
            code: code, output: result.standardOutput, errors: result.standardError)
    }
}
