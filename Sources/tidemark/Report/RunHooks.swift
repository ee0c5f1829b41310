import Calendar
import Files
import FoundationEssentials
import Subprocess
import Synchronization
import SystemPackage
import Tasks
import Transport

/// Tells of a publish those who want to know: a monitor that expects to hear of each, a command if something is wrong,
/// and a command if there is something new. None of them can fail the publish.
struct RunHooks {
    let context: RunContext
    let audience: Audience
    private var hooks: Settings.Hooks { audience.hooks }

    init(_ context: RunContext, _ audience: Audience) {
        (self.context, self.audience) = (context, audience)
    }

    /// A monitor counts the time from here on.
    func begin() async { await beat("/start") }

    /// Runs a publish, and tells how it ended; not of one that met another at work, unless that one hangs, nor of one
    /// that a signal ended.
    func telling(
        _ publish: () async throws -> ExitCode
    ) async throws -> ExitCode {
        let start = context.now
        do {
            let code = try await publish()
            if code != .busy { await tell(code, since: start) }
            return code
        } catch {
            let code = (error as? any ExitCoded)?.exitCode ?? .failed
            let hangs = (error as? RunLockError)?.isOverdue ?? false
            if !Task.isCancelled, code != .busy || hangs {
                context.record.add("\(error)")
                await tell(code, since: start)
            }
            throw error
        }
    }

    private func tell(_ code: ExitCode, since start: Timestamp) async {
        let end = max(start, context.now)
        let report = RunReport(from: start, to: end, code, context.record, audience)
        let log = RunLog(archive: audience.archive)
        let fault = ToldFault(report, of: audience.archive)
        // Of a fault that lasts, or of two in turns, one mail a day is enough; of one that is back after it was over,
        // another.
        let earlier = (try? log.latest()) ?? []
        let isLogged = earlier.prefix { !$0.isDone }.contains { earlier in
            let age = Timestamp(earlier.started).map { start.seconds(since: $0) } ?? .max
            return age < 86_400 && report.repeats(earlier)
        }
        let isKnown = !report.isDone && (isLogged || fault.isKnown(at: start))
        let isRecovery = report.isDone && earlier.first?.isDone == false
        if report.isWorthKeeping || isRecovery, !isKnown || !report.windows.isEmpty {
            do {
                try log.append(
                    report, at: end, begins: !report.isDone && hooks.failed != nil)
            } catch {
                fault.keep(at: start)
                context.console.warn("the report of this run could not be kept: \(error)")
            }
        }
        if report.isDone { fault.forget() }
        if !report.isDone, !isKnown { await run(hooks.failed, "failed", report) }
        if report.windows.contains(where: { $0.status != "missing" }),
            code == .done || code == .partly
        {
            await run(hooks.published, "published", report)
        }
        if let file = hooks.metrics {
            do {
                try RunMetrics(report, from: start, to: end).write(to: file, of: audience.archive)
            } catch {
                context.console.warn("hooks.metrics: the file could not be written; \(error)")
            }
        }
        await beat(report.isDone ? "" : "/fail", saying: report.messages)
    }

    /// As healthchecks.io and its kin take it: the address itself is success, `/start` and `/fail` behind it the rest.
    private func beat(_ end: String, saying messages: [String] = []) async {
        guard let heartbeat = hooks.heartbeat else { return }
        // The address is as good as a password: it stays out of the sentence.
        do throws(TransportError) {
            let address = try Address(heartbeat + end)
            let client = try HTTPClient(maxActive: 1, certificates: context.certificates)
            let request = Request(
                .post, address, body: Array(messages.joined(separator: "\n").utf8.prefix(10_000)),
                responseLimit: 1 << 20, connectLimit: .seconds(5), silenceLimit: .seconds(5),
                timeLimit: .seconds(10))
            let status = try await client.send(request).status
            guard !(200...299).contains(status) else { return }
            context.console.warn("hooks.heartbeat: the monitor answered with status \(status)")
        } catch {
            let reason = "\(error)".split(separator: ": ", maxSplits: 1).last ?? ""
            context.console.warn("hooks.heartbeat: the monitor was not reached: \(reason)")
        }
    }

    private enum End: Sendable {
        case ended(TerminationStatus)
        case late
    }

    /// The shell runs the command, with the report on its standard input; what it says comes with what we say.
    private func run(_ command: String?, _ name: String, _ report: RunReport) async {
        guard let command else { return }
        let limit = hooks.timeLimit
        do {
            let file = try ScratchFile(in: FileManager.default.temporaryDirectory.path)
            _ = try file.append(report.line)
            let descriptor = FileDescriptor(rawValue: try file.forReading())
            let end = try await withThrowingTaskGroup(of: End.self) { group in
                group.addTask {
                    let words = HookWords(of: name, on: context.console)
                    defer { words.end() }
                    let status = try await reading(to: words.take) { pipe in
                        try await Subprocess.run(
                            .path("/bin/sh"), arguments: ["-c", command],
                            platformOptions: .ownGroup,
                            input: .fileDescriptor(descriptor, closeAfterSpawningProcess: true),
                            output: .discarded,
                            error: .fileDescriptor(pipe, closeAfterSpawningProcess: true)
                        ).terminationStatus
                    }
                    return .ended(status)
                }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return .late
                }
                defer { group.cancelAll() }
                return try await group.next() ?? .late
            }
            switch end {
            case .ended(.exited(0)): break
            case .ended(let status):
                context.console.warn("hooks.\(name): the command \(status.shellWords)")
            case .late:
                context.console.warn(
                    "hooks.\(name): the command was ended after \(limit.components.seconds) s"
                )
            }
        } catch {
            if !Task.isCancelled {
                context.console.warn("hooks.\(name): the command cannot be run: \(error)")
            }
        }
    }
}

/// Passes on what a hook says, a line as soon as it is whole, up to a bound; what is too much is dropped.
private final class HookWords: Sendable {
    private let name: String
    private let console: Console
    private let state = Mutex<(line: [UInt8], count: Int, isCut: Bool)>(([], 0, false))
    private static let most = 16 << 10

    init(of name: String, on console: Console) { (self.name, self.console) = (name, console) }

    func take(_ piece: [UInt8]) {
        state.withLock { state in
            let bytes = piece.prefix(Self.most - state.count)
            state.count += bytes.count
            for byte in bytes {
                if byte == UInt8(ascii: "\n") { pass(&state.line) } else { state.line.append(byte) }
            }
            guard bytes.count < piece.count, !state.isCut else { return }
            state.isCut = true
            if !state.line.isEmpty { pass(&state.line) }
            console.warn(
                "hooks.\(name): what the command printed on stderr was cut after \(Self.most >> 10) KiB"
            )
        }
    }

    /// What is left of a line that had no end.
    func end() { state.withLock { if !$0.line.isEmpty { pass(&$0.line) } } }

    private func pass(_ line: inout [UInt8]) {
        console.pass(String(decoding: line, as: UTF8.self))
        line.removeAll()
    }
}
