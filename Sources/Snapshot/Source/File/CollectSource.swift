import Archive
import Calendar
import Files
import Synchronization
import Tally

/// The parts that several collectors put into one folder, each its share of every slot.
///
/// A slot is closed once it is over and a part of each member is there, or the deadline has passed; whatever comes
/// later is deleted. What closes it leaves a mark, so that of two publishers one does.
public struct CollectSource: PostSource {
    public let name: String
    public let availability = Availability.recording
    /// The names of the parts that are to come.
    private let members: [String]
    private let place: String
    /// Seconds after a slot's end.
    private let deadline: Int
    /// The version of the Unicode Standard that hashtags are folded by.
    private let tables: String
    private let lock = RunLong()

    public init(name: String, members: [String], place: String, deadline: Int, tables: String) {
        (self.name, self.members, self.place) = (name, members, place)
        (self.deadline, self.tables) = (deadline, tables)
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        guard try FilePlace.kind(of: place) == .folder, try lock.take("\(place)/.publisher") else {
            return
        }
        let open = try PartFolder.all(in: place).flatMap { $0.paths(".part") }.first(where: isOpen)
        if let open { throw SnapshotError.open(path: open) }
        for folder in try PartFolder.all(in: place) {
            let isLate = try isClosed(folder.slot) || request.archived.contains(folder.slot.start)
            if isLate { try close(folder) }
        }
        let folders = try PartFolder.all(in: place)
        let span = PartFolder.union(of: folders.compactMap(\.span))
        for folder in folders where request.wants(folder.slot) && folder.slot.end <= request.now {
            let parts = try PartSet(
                folder.paths(".part"), rules: request.rules, tables: tables,
                counted: folder.paths(".tags"))
            guard let source = PartSource(parts, expecting: members),
                source.missing.isEmpty || folder.slot.end + deadline <= request.now
            else { continue }
            guard source.name == name else {
                throw SnapshotError.otherSource(path: folder.path, its: source.name, expected: name)
            }
            try await archive(source.window(for: request, among: span))
        }
    }

    public func release(_ slot: Slot) throws {
        for folder in try PartFolder.all(in: place) where folder.slot == slot { try close(folder) }
    }

    /// Whether strangers can read the part.
    private func isOpen(_ path: String) throws -> Bool {
        try ([path, FilePlace.folder(of: path), place] as [String]).allSatisfy { place in
            let bit: UInt32 = place == path ? 0o004 : 0o001
            return try FileStatus(of: place).map { $0.permissions & bit != 0 } ?? false
        }
    }

    private func mark(of slot: Slot) -> String { "\(place)/\(PartMap.name(of: slot)).closed" }

    private func isClosed(_ slot: Slot) throws -> Bool {
        try FilePlace.kind(of: mark(of: slot)) != nil
    }

    /// The mark first: parts that a killed run leaves are known by it.
    private func close(_ folder: PartFolder) throws {
        try WholeFile.write([], to: mark(of: folder.slot))
        try FilePlace.remove(folder.path)
    }
}

/// A lock that is held until the run, which has its source, is over: rows are written and marks left by then.
private final class RunLong: Sendable {
    private let lock = Mutex<FileLock?>(nil)

    /// False if another publisher has it.
    func take(_ path: String) throws(FileError) -> Bool {
        do throws(FileError) {
            let taken = try FileLock(path, saying: "a publisher that closes its slots")
            lock.withLock { $0 = taken }
            return true
        } catch {
            if case .held = error.cause { return false }
            throw error
        }
    }

    deinit { lock.withLock { $0?.release() } }
}
