import Foundation
import Glibc
import Support
import Tasks

/// A run of `tidemark` that a test watches and stops.
///
/// Started and waited for by hand: Foundation's `Process` notices an end by a descriptor that other
/// programs started at the same moment can have a copy of, and then waits for them too. What it says
/// goes to a file for the same reason.
final class RunningProgram {
    let identifier: pid_t
    private let errors = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidemark-errors-\(UUID().uuidString)").path
    private var hasEnded = false

    struct Failure: Error { let code: Int32 }

    convenience init(_ arguments: [String], in folder: OperatorFolder) throws {
        try self.init(arguments, in: folder.path, environment: folder.environment)
    }

    /// - Parameter environment: the only variables that it sees.
    init(_ arguments: [String], in folder: String, environment: [String: String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
        // The threads of tests block signals.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // env(1) goes to the folder and becomes the program.
        let words = ["/usr/bin/env", "-C", folder, Repository.product("tidemark")] + arguments
        var pointers = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in pointers + variables { free(text) } }
        var identifier: pid_t = 0
        let code = posix_spawn(
            &identifier, words[0], &actions, &attributes, &pointers, &variables)
        guard code == 0 else { throw Failure(code: code) }
        self.identifier = identifier
    }

    /// What it has said so far on its standard error.
    var said: String { text(errors) }

    func send(_ signal: Int32) { kill(identifier, signal) }

    /// The most memory it had so far.
    var peakBytes: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
            return status.firstMatch(of: #/VmHWM:\s*(\d+) kB/#).flatMap { Int($0.1) }
                .map { $0 * 1024 } ?? .max
        }
    }

    /// Waits for the end, on a thread of its own: other tests go on meanwhile.
    func finish() async -> ProgramRun {
        let status = await onThread { [identifier] _ in Self.end(of: identifier) }
        hasEnded = true
        let signal = status & 0x7F
        return ProgramRun(
            code: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: "",
            errors: text(errors))
    }

    private static func end(of identifier: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        return status
    }

    deinit {
        if !hasEnded {
            send(SIGKILL)
            _ = Self.end(of: identifier)
        }
        try? FileManager.default.removeItem(atPath: errors)
    }
}
