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

/// Why the run lock could not be had.
enum RunLockError: Error, Hashable {
    case held(file: String, by: String)
    case unusable(FileError)

    init(_ error: FileError) {
        self =
            if case .held(let holder) = error.cause {
                .held(file: error.path, by: holder)
            } else {
                .unusable(error)
            }
    }
}

extension RunLockError: CustomStringConvertible, ExitCoded {
    var description: String {
        switch self {
        case .held(let file, let holder):
            "\(file): another run holds the lock (\(holder)); this one did nothing"
        case .unusable(let error): error.description
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .held: .busy
        case .unusable: .failed
        }
    }
}
