import Foundation
import Glibc
import Support
import Testing

@testable import Archive

/// A limit on the length of files stands in for a full disk: a write beyond it fails half-way. The
/// limit is the whole process's, so these tests have processes of their own.
@Suite("ArchiveWriter on a full disk")
struct FullDiskTests {
    @Test("says so in one sentence, leaves what was there, and succeeds once there is room")
    func appends() async {
        await #expect(processExitsWith: .success) {
            try await withTemporaryFolder { folder in
                let archive = ArchiveFixture(folder: folder)
                try Sample("first").append(to: archive)
                let before = try archive.files()
                let second = try Sample("second")
                let longest = before.values.map(\.utf8.count).max() ?? 0
                for length in stride(from: 1, through: longest + 60, by: 7) {
                    do throws(ArchiveError) {
                        try limited(to: length) { () throws(ArchiveError) in
                            try archive.writer.append(
                                second.window, top: second.top, tail: second.tail)
                        }
                        Issue.record("\(length) bytes were enough")
                    } catch {
                        let sentence = "\(error)"
                        #expect(sentence.hasPrefix(folder))
                        #expect(sentence.hasSuffix(": cannot be written: File too large"))
                    }
                    #expect(try archive.reader.windows().map(\.source) == ["first"])
                }
                try second.append(to: archive)
                let day = second.window.slot.date
                #expect(try archive.reader.windows().map(\.source) == ["first", "second"])
                #expect(try archive.reader.top(day).count == 4)
                #expect(try archive.reader.tail(day).count == 4)
            }
        }
    }

    @Test("keeps the old window when there is no room for the new one")
    func replaces() async {
        await #expect(processExitsWith: .success) {
            try await withTemporaryFolder { folder in
                let archive = ArchiveFixture(folder: folder)
                try Sample("first").append(to: archive)
                let before = try archive.files()
                let new = try Sample("first", tags: (0..<40).map { "tag\($0)" })
                for length in stride(from: 1, to: 900, by: 50) {
                    #expect(throws: ArchiveError.self) {
                        try limited(to: length) { () throws(ArchiveError) in
                            try archive.writer.append(
                                new.window, top: new.top, tail: new.tail, replacing: true)
                        }
                    }
                    #expect(try archive.files() == before, "a limit of \(length) bytes")
                }
                try new.append(to: archive, replacing: true)
                #expect(try archive.reader.top(new.window.slot.date) == new.top)
            }
        }
    }
}

/// Runs the body while no file may grow beyond that many bytes.
private func limited(to length: Int, _ body: () throws(ArchiveError) -> Void) throws(ArchiveError) {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    var lower = rlimit(rlim_cur: rlim_t(length), rlim_max: limit.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &lower)
    defer { setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) }
    try body()
}
