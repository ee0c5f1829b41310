import Foundation
import Support

/// A run of `tidemark` that a test watches and stops. Its output is small: nobody drains the pipe.
final class RunningProgram {
    private let process = Process()
    private let errors = Pipe()

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
        process.standardError = errors
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
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
        return ProgramRun(
            code: signal + process.terminationStatus, output: "",
            errors: String(decoding: said, as: UTF8.self))
    }

    deinit { if process.isRunning { process.terminate() } }
}
