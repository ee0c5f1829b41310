import AWS
import Archive
import Calendar
import Foundation
import Support
import Tasks
import Testing

@testable import Sync

/// An archive in a table, and out of it again.
@Suite(.enabled(if: TablePeer.isThere, "the test set-up has no moto")) struct TablePushTests {
    private static func client(
        of peer: TablePeer, for limit: Duration = .seconds(20)
    ) throws -> TableClient {
        try TableClient(
            table: "archive",
            at: ServiceAccess(
                "dynamodb", environment: peer.environment, region: nil, endpoint: nil,
                setting: "dynamodb.region"),
            retry: Retry(
                backoff: Backoff(base: .milliseconds(5), cap: .milliseconds(50)),
                limit: limit))
    }

    /// Adds a window with its lists, as an archive writer does.
    private static func add(
        _ hour: Int, _ source: String, _ word: String = "a", in folder: String
    )
        throws
    {
        let slot = "2026-11-22T\(hour < 10 ? "0" : "")\(hour):00:00Z"
        for (list, count) in [("tail", 30), ("trending", 2), ("top", 10)] {
            let lines = (0..<count).map { "\(slot),\(source),\($0),\"\(word)\n\($0)\",é\n" }
            try append(
                lines.joined(), to: "\(list)/2026/2026-11-22.csv",
                header: "slot,source,rank,tag,x\n",
                in: folder)
        }
        try append(
            "\(slot),\(source),\(word)\n", to: "windows/2026.csv", header: "slot,source,word\n",
            in: folder)
    }

    private static func append(
        _ text: String, to name: String, header: String, in folder: String
    ) throws {
        let path = "\(folder)/\(name)"
        let old = (try? String(contentsOfFile: path, encoding: .utf8)) ?? header
        try write(old + text, to: path)
    }

    private static func contents(_ folder: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder)
        where path.hasSuffix(".csv") {
            found[path] = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
        }
        return found
    }

    /// An archive of three windows, and of what stands beside them.
    private static func begin(_ folder: String) throws {
        for hour in [0, 6] { try add(hour, "sky", in: folder) }
        try add(0, "town", in: folder)
        try write("time,change\n1,2\n", to: "\(folder)/changes.csv")
        try write("tag,since,reason\nx,y,\"z\n\"\n", to: "\(folder)/withdrawn.csv")
        try write("nobody's\n", to: "\(folder)/.failed.csv")
    }

    private static func pulled(_ peer: TablePeer, _ folder: String) async throws -> [String: String]
    {
        try? FileManager.default.removeItem(atPath: folder)
        let report = try await TablePull(from: client(of: peer), into: folder).run()
        #expect(report.unverified == [])
        return try contents(folder)
    }

    private static func whole(_ folder: String) throws -> [String: String] {
        try contents(folder).filter { !$0.key.hasPrefix(".") }
    }

    @Test(arguments: [
        TableScript(), TableScript(throttle: 3), TableScript(lose: 2),
    ])
    func `What comes out is what went in, and a second run asks for next to nothing`(
        script: TableScript
    ) async throws {
        try await withTemporaryFolder { folder in
            try await withTable(script) { peer in
                let here = folder + "/archive"
                try Self.begin(here)
                let push = TablePush(of: here, to: try Self.client(of: peer))
                let first = try await push.run([]).windowCount
                #expect(first == 3 || script.lose != nil)
                #expect(try await Self.pulled(peer, folder + "/there") == Self.whole(here))
                let before = try await peer.seen()["TransactWriteItems"]
                #expect(try await push.run([]) == TablePush.Report())
                #expect(try await peer.seen()["TransactWriteItems"] == before)

                try Self.add(12, "sky", in: here)
                try Self.append("3,4\n", to: "changes.csv", header: "", in: here)
                let count = try await push.run([]).windowCount
                // moto knows no tokens: what is asked for again is found to be done already, and not counted.
                #expect(count == 1 || script.lose != nil)
                #expect(try await Self.pulled(peer, folder + "/there") == Self.whole(here))
            }
        }
    }

    @Test(arguments: 0...6)
    func `A run that dies behind any transaction is made good by the next`(
        count: Int
    ) async throws {
        try await withTemporaryFolder { folder in
            try await withTable(TableScript(last: count)) { peer in
                let here = folder + "/archive"
                try Self.begin(here)
                let push = TablePush(of: here, to: try Self.client(of: peer))
                await #expect(throws: SyncError.self) {
                    for _ in 0..<7 {
                        _ = try await push.run([])
                        throw SyncError.overtaken
                    }
                }
                try await peer.mend()
                // Meanwhile there is one more.
                try Self.add(12, "town", in: here)
                _ = try await push.run([])
                #expect(try await Self.pulled(peer, folder + "/there") == Self.whole(here))
            }
        }
    }

    @Test(arguments: ["Query", "TransactWriteItems"])
    func `Throttles for ever are one sentence, and what was not written is by the next run`(
        operation: String
    ) async throws {
        let script = TableScript(errors: [operation: "ProvisionedThroughputExceededException"])
        try await withTemporaryFolder { folder in
            try await withTable(script) { peer in
                let here = folder + "/archive"
                try Self.begin(here)
                await #expect {
                    try await TablePush(of: here, to: Self.client(of: peer, for: .seconds(1)))
                        .run([])
                } throws: {
                    "\($0)".hasPrefix(
                        "\(operation) on table archive: ProvisionedThroughputExceededException, status 400"
                    )
                }
                try await peer.mend()
                _ = try await TablePush(of: here, to: Self.client(of: peer)).run([])
                #expect(try await Self.pulled(peer, folder + "/there") == Self.whole(here))
            }
        }
    }

    @Test func `Two machines that have counted one window write it once, and the other is told`()
        async throws
    {
        try await withTemporaryFolder { folder in
            try await withTable { peer in
                let machines = (0..<6).map { "\(folder)/\($0)" }
                for machine in machines {
                    try Self.begin(machine)
                    try Self.add(12, "sky", machine.suffix(1) == "0" ? "b" : "c", in: machine)
                }
                let outcomes = await concurrently(machines, limit: 6) { machine in
                    do {
                        _ = try await TablePush(of: machine, to: Self.client(of: peer)).run([])
                        return "wrote"
                    } catch {
                        return "\(error)"
                    }
                }.map { $0.get() }
                #expect(outcomes.contains("wrote"))
                let there = try await Self.pulled(peer, folder + "/there")
                let all = try machines.map(Self.whole)
                #expect(all.contains(there))
                // Whoever has the same window as the table finds it in step, whoever has another is refused.
                for (machine, files) in zip(machines, all) {
                    let push = TablePush(of: machine, to: try Self.client(of: peer))
                    if files == there {
                        #expect(try await push.run([]) == TablePush.Report())
                    } else {
                        await #expect(
                            throws: SyncError.tableDiffers(
                                slot: "2026-11-22T12:00:00Z", source: "sky")
                        ) { try await push.run([]) }
                    }
                }
                #expect(try await Self.pulled(peer, folder + "/there") == there)
            }
        }
    }

    @Test
    func `What is read again, taken back or renamed is so in the table, if the archive says it`()
        async throws
    {
        try await withTemporaryFolder { folder in
            try await withTable { peer in
                let here = folder + "/archive"
                try Self.begin(here)
                let push = TablePush(of: here, to: try Self.client(of: peer))
                _ = try await push.run([])
                let window = WindowRow(
                    slot: Timestamp("2026-11-22T00:00:00Z") ?? .now(), source: "sky",
                    start: .now(), end: .now(), status: .complete, coverage: 1, version: "1",
                    held: 0, reasons: DropReasons(), note: "", rows: 0)
                // As a replacement leaves it: the window's lines at the end, others.
                for (name, text) in try Self.contents(here) where name.hasSuffix("2026-11-22.csv") {
                    let lines = text.replacing("\n0,é", with: "\nnew,é")
                    try write(lines, to: "\(here)/\(name)")
                }
                let rows = try #require(try Self.contents(here)["windows/2026.csv"])
                let first = "2026-11-22T00:00:00Z,sky,a\n"
                try write(
                    rows.replacing(first, with: "") + first.replacing(",a", with: ",new"),
                    to: "\(here)/windows/2026.csv")
                await #expect(
                    throws: SyncError.tableDiffers(slot: "2026-11-22T00:00:00Z", source: "sky")
                ) { try await push.run([]) }
                _ = try await push.run([ChangeRow(.replaced, window, at: .now())])
                #expect(try await Self.pulled(peer, folder + "/there") == Self.whole(here))

                // Taken back.
                try write("slot,source,word\n", to: "\(here)/windows/2026.csv")
                for name in try Self.contents(here).keys where name.hasSuffix("2026-11-22.csv") {
                    try FileManager.default.removeItem(atPath: "\(here)/\(name)")
                }
                await #expect(
                    throws: SyncError.tableAhead(
                        count: 3, slot: "2026-11-22T00:00:00Z", source: "sky")
                ) { try await push.run([]) }
                let gone = ["sky", "town"].flatMap { source in
                    ["00", "06"].map { hour in
                        var window = window
                        window.source = source
                        window.slot = Timestamp("2026-11-22T\(hour):00:00Z") ?? .now()
                        return ChangeRow(.repaired, window, at: .now())
                    }
                }
                _ = try await push.run(gone)
                #expect(try await Self.pulled(peer, folder + "/there") == Self.whole(here))
                #expect(try await peer.items().contains("town") == false)
            }
        }
    }

    @Test func `An archive that is behind the table changes nothing of it`() async throws {
        try await withTemporaryFolder { folder in
            try await withTable { peer in
                try Self.begin(folder + "/a")
                _ = try await TablePush(of: folder + "/a", to: try Self.client(of: peer)).run([])
                let items = try await peer.items()
                try FileManager.default.createDirectory(
                    atPath: folder + "/b", withIntermediateDirectories: true)
                await #expect(throws: SyncError.self) {
                    try await TablePush(of: folder + "/b", to: Self.client(of: peer)).run([])
                }
                #expect(try await peer.items() == items)
            }
        }
    }

    @Test func `Long lists are split below the limit of an item, and come back whole`() throws {
        var random = SeededRandom(1)
        let line = "2026-11-22T00:00:00Z,sky,"
        var bytes: [UInt8] = []
        for _ in 0..<1000 {
            bytes += Array(line.utf8)
            bytes += (0..<1024).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
            bytes.append(0x0A)
        }
        let lines = try TableLines(
            bytes, of: WindowKey(slot: .now(), source: "sky"), in: "tail/2026/2026-11-22.csv", at: 7
        )
        #expect(lines.items.count > 1)
        #expect(lines.items.allSatisfy { $0.byteCount < 400_000 })
        let changes = lines.items.map { TableChange.put($0) }
        #expect(TableClient.transactions(of: changes).allSatisfy { $0.count <= 100 })
        let again = TableLines.all(of: lines.items.reversed(), in: lines.file)
        #expect(again.map(\.bytes) == [bytes])
        #expect(TableLines.all(of: Array(lines.items.dropFirst()), in: lines.file).isEmpty)
    }

    @Test(arguments: [
        "../../etc/passwd.csv", "/etc/x.csv", "top/../x.csv", "runs/2026-11.ndjson",
        "top/2026/a b.csv",
        ".failed.csv", "top//x.csv", "other/2026.csv", "windows/2026.txt",
    ])
    func `A name that leads elsewhere is no file of an archive`(name: String) {
        #expect(!TableLayout.isKept(name))
    }
}
