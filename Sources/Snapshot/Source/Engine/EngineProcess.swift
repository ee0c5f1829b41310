import Subprocess

/// A program of an engine that prints what it does, a line each, until it is done.
///
/// It and all that it has started on this machine end with the task that waits for it, or when their time is over.
struct EngineProcess: Sendable {
    /// Its path, or its name where the system looks for programs.
    let program: String
    let arguments: [String]
    /// Seconds; nil for none.
    let timeLimit: Int?

    enum End: Hashable, Sendable {
        case exited(isDone: Bool)
        case killed(signal: Int32)
        case late
        /// It cannot be run.
        case none(reason: String)
    }

    /// How it ended, and the last lines of what it complained of.
    func run(_ tell: @escaping @Sendable (String) -> Void) async throws -> (End, [String]) {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(5)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
        ]
        let limit = timeLimit
        let executable: Executable =
            program.utf8.contains(UInt8(ascii: "/"))
            ? .path(.init(program)) : .name(program)
        do {
            let outcome = try await Subprocess.run(
                executable, arguments: Arguments(arguments), platformOptions: options,
                input: .none, output: .sequence, error: .sequence
            ) { execution in
                try await withThrowingTaskGroup(of: (isLate: Bool, complaints: [String]).self) {
                    group in
                    group.addTask {
                        async let complaints = Self.lastLines(of: execution.standardError)
                        for try await line in execution.standardOutput.strings() { tell(line) }
                        return (false, try await complaints)
                    }
                    if let limit {
                        group.addTask {
                            try await Task.sleep(for: .seconds(limit))
                            try? execution.send(signal: .kill, toProcessGroup: true)
                            return (true, [])
                        }
                    }
                    let first = try await group.next() ?? (true, [])
                    group.cancelAll()
                    return first
                }
            }
            try Task.checkCancellation()
            let (isLate, complaints) = outcome.closureResult
            if isLate { return (.late, []) }
            if case .signaled(let signal) = outcome.terminationStatus {
                return (.killed(signal: signal), complaints)
            }
            return (.exited(isDone: outcome.terminationStatus.isSuccess), complaints)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            return (.none(reason: "\(error)"), [])
        }
    }

    private static func lastLines(of output: SubprocessOutputSequence) async throws -> [String] {
        var lines: [String] = []
        for try await line in output.strings() {
            lines.append(line)
            if lines.count > 200 { lines.removeFirst(100) }
        }
        return lines
    }
}
