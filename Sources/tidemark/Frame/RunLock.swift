import Calendar
import Files
import Glibc

/// The right to be the only run that writes a folder.
enum RunLock {
    /// Where the lock of an archive lies.
    static func archive(_ folder: String) -> String { FilePlace.joined(folder, ".lock") }

    /// Where the lock of an output folder lies: beside it, because a build puts another folder in
    /// its place.
    static func output(_ folder: String) -> String { place(beside: folder, ending: ".lock") }

    /// `.public.lock` for `public` and `.lock`.
    static func place(beside folder: String, ending: String) -> String {
        let path = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return FilePlace.joined(FilePlace.folder(of: path), ".\(FilePlace.name(of: path))\(ending)")
    }

    /// Runs `body` while this process holds the lock at `path`; its folder is made if need be.
    ///
    /// - Throws: `RunLockError` if another run has it, and whatever `body` throws.
    static func holding<Result>(
        _ path: String, since now: Timestamp, _ body: () async throws -> Result
    ) async throws -> Result {
        let lock: FileLock
        do throws(FileError) {
            lock = try FileLock(path, saying: "process \(getpid()) since \(now)")
        } catch {
            throw RunLockError(error)
        }
        defer { lock.release() }
        return try await body()
    }
}

extension RunLock {
    /// As `holding`, for what a schedule begins again and again. One that meets a run at work has nothing to do, and
    /// nobody is to get mail of it: unless someone looks on, or the other has been at it for longer than `span`
    /// seconds, it ends with 75 and without a word.
    static func holdingSoon(
        _ path: String, in context: RunContext, span: Int, _ body: () async throws -> ExitCode
    ) async throws -> ExitCode {
        do {
            return try await holding(path, since: context.now, body)
        } catch RunLockError.held(let file, let holder) {
            let start = holder.split(separator: " ").last.flatMap { Timestamp(String($0)) }
            if let start, context.now.seconds(since: start) > span {
                throw RunLockError.overdue(file: file, by: holder)
            }
            let console = context.console
            if console.isTerminal || console.verbosity == .verbose || start == nil {
                throw RunLockError.held(file: file, by: holder)
            }
            return .busy
        }
    }
}

extension Settings.Window {
    /// Seconds in which a run is done with a window of any source, and has published it.
    var longestRun: Int { schedule.seconds + 3600 }
}

/// Why the run lock could not be had.
enum RunLockError: Error, Hashable {
    case held(file: String, by: String)
    /// The other takes longer than a run can.
    case overdue(file: String, by: String)
    /// The lock, or the folder it is to lie in, is another user's.
    case foreign(file: String, owner: String)
    case unusable(FileError)

    init(_ error: FileError) {
        self =
            switch error.cause {
            case .held(let holder): .held(file: error.path, by: holder)
            case .system(EACCES), .system(EPERM):
                if !error.path.unicodeScalars.contains("\u{FFFD}"),
                    let owner = FileOwner.other(of: error.path)
                {
                    .foreign(file: error.path, owner: owner)
                } else {
                    .unusable(error)
                }
            default: .unusable(error)
            }
    }
}

extension RunLockError {
    /// Whether nothing is published as long as nobody looks after the other run.
    var isOverdue: Bool { if case .overdue = self { true } else { false } }
}

extension RunLockError: CustomStringConvertible, ExitCoded {
    var description: String {
        switch self {
        case .held(let file, let holder):
            "\(file): another run holds the lock (\(holder)); this one did nothing"
        case .overdue(let file, let holder):
            "\(file): another run holds the lock (\(holder)), for longer than a run takes: nothing is published "
                + "meanwhile; if it hangs, end it (kill, then kill -9), and the next run goes on from there"
        case .foreign(let file, let owner):
            "\(file): belongs to \(owner), and this run is \(FileOwner.current)'s: nothing was done; run it as \(owner), "
                + "or give all of \(folder(of: file)) to \(FileOwner.current) (chown -R)"
        case .unusable(let error): error.description
        }
    }

    private func folder(of file: String) -> String {
        let folder = FilePlace.folder(of: file)
        return folder.isEmpty ? "the folder" : folder
    }

    var exitCode: ExitCode {
        switch self {
        case .held, .overdue: .busy
        case .foreign, .unusable: .failed
        }
    }
}
