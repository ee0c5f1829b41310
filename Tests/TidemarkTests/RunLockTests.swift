import Calendar
import Foundation
import Support
import Testing

@testable import tidemark

@Suite("RunLock")
struct RunLockTests {
    private let now = Timestamp(secondsSinceEpoch: 1_795_370_400)

    private func isFree(_ lock: String) async throws -> Bool {
        try await RunLock.holding(lock, since: now) { true }
    }

    @Test("while one run holds the lock another is told who has it, and since when")
    func held() async throws {
        try await withTemporaryFolder { folder in
            let lock = RunLock.archive("\(folder)/new/archive")
            try await RunLock.holding(lock, since: now) {
                let error = await #expect(throws: RunLockError.self) {
                    try await RunLock.holding(lock, since: now) { Issue.record("both hold it") }
                }
                let holder = "process \(ProcessInfo.processInfo.processIdentifier) since \(now)"
                #expect(error == .held(file: lock, by: holder))
                #expect(
                    error?.description
                        == "\(lock): another run holds the lock (\(holder)); this one did nothing")
                #expect(error?.exitCode == .busy)
            }
            // And afterwards it is free again.
            #expect(try await isFree(lock))
        }
    }

    @Test("the lock is free after a body that throws")
    func throwing() async throws {
        try await withTemporaryFolder { folder in
            await #expect(throws: CancellationError.self) {
                try await RunLock.holding("\(folder)/.lock", since: now) {
                    throw CancellationError()
                }
            }
            let free = try await isFree("\(folder)/.lock")
            #expect(free)
        }
    }

    @Test("a file that a killed run left behind holds nobody up, whatever is in it")
    func stale() async throws {
        try await withTemporaryFolder { folder in
            try Data([0xFF, 0x1B, 0x0A]).write(to: URL(fileURLWithPath: "\(folder)/.lock"))
            let text = try await RunLock.holding("\(folder)/.lock", since: now) {
                try String(contentsOfFile: "\(folder)/.lock", encoding: .utf8)
            }
            #expect(
                text == "process \(ProcessInfo.processInfo.processIdentifier) since \(now)\n")
        }
    }

    @Test("a lock of another process counts, and ends with the process")
    func otherProcess() async throws {
        try await withTemporaryFolder { folder in
            let lock = "\(folder)/.lock"
            // flock(1) holds the lock until its standard input ends.
            let holder = Process()
            let input = Pipe()
            let output = Pipe()
            holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
            holder.arguments = [lock, "sh", "-c", "echo held; cat"]
            holder.standardInput = input
            holder.standardOutput = output
            try holder.run()
            #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
            await #expect(throws: RunLockError.held(file: lock, by: "another process")) {
                try await RunLock.holding(lock, since: now) {}
            }
            input.fileHandleForWriting.closeFile()
            holder.waitUntilExit()
            #expect(try await isFree(lock))
        }
    }

    @Test("a symbolic link in the place of the lock is not followed")
    func link() async throws {
        try await withTemporaryFolder { folder in
            try Data("precious".utf8).write(to: URL(fileURLWithPath: "\(folder)/precious"))
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/.lock", withDestinationPath: "precious")
            await #expect(throws: RunLockError.self) {
                try await RunLock.holding("\(folder)/.lock", since: now) {}
            }
            #expect(
                try String(contentsOfFile: "\(folder)/precious", encoding: .utf8) == "precious")
        }
    }

    @Test(
        "the lock of an output folder lies beside it",
        arguments: [
            ("public", ".public.lock"), ("/srv/site/", "/srv/.site.lock"), ("a/b", "a/.b.lock"),
        ])
    func output(folder: String, lock: String) {
        #expect(RunLock.output(folder) == lock)
    }
}
