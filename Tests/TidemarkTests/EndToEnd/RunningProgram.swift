import Foundation
import Support

/// A run of `tidemark` that a test watches and stops.
///
/// What it says goes to a file: the end of a pipe would wait for every other process that was started
/// while the pipe was made, and so has a copy of it.
final class RunningProgram {
    private let process = Process()
    private let errors = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidemark-errors-\(UUID().uuidString)")

    convenience init(_ arguments: [String], in folder: OperatorFolder) throws {
        try self.init(arguments, in: folder.path, environment: folder.environment)
    }

    /// - Parameter environment: the only variables that it sees.
    init(_ arguments: [String], in folder: String, environment: [String: String]) throws {
        process.executableURL = URL(fileURLWithPath: Repository.product("tidemark"))
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
    }

    var identifier: Int32 { process.processIdentifier }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// The most memory it had so far.
    var peakBytes: Int {
        get throws {
            let status = try String(
                contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
            return status.firstMatch(of: #/VmHWM:\s*(\d+) kB/#).flatMap { Int($0.1) }
                .map { $0 * 1024 } ?? .max
        }
    }

    /// Waits for the end.
    func finish() -> ProgramRun {
        process.waitUntilExit()
        let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
        return ProgramRun(
            code: signal + process.terminationStatus, output: "",
            errors: text(errors.path))
    }

    deinit {
        if process.isRunning { process.terminate() }
        try? FileManager.default.removeItem(at: errors)
    }
}
