import Calendar
import Files

/// A folder that collectors and publisher see.
public final class SharedFolder: PartPlace {
    public let name: String
    private let right: HeldLock

    public init(_ path: String) {
        name = path
        right = HeldLock("\(path)/.publisher")
    }

    public var folder: String { name }

    public func begin() throws -> Bool {
        guard try FilePlace.kind(of: name) == .folder,
            try right.take(saying: "a publisher that closes its slots")
        else { return false }
        try requirePrivate()
        return true
    }

    // The lock is held as long as this process lives.
    public func keep() {}
    public func claim() {}

    public func note(_ closing: SlotClosing, of slot: Slot) throws {
        let path = "\(name)/\(Self.note(of: slot))"
        let file = try NewFile(path)
        try file.write(closing.bytes)
        guard try !file.takePlace(replacing: false) else { return }
        guard try WholeFile.read(path) == closing.bytes else {
            throw SnapshotError.begun(path: path)
        }
    }

    public func close(_ slot: Slot) throws {
        try WholeFile.write([], to: "\(name)/\(Self.mark(of: slot))")
        try FilePlace.remove("\(name)/\(Self.note(of: slot))")
        try FilePlace.remove("\(name)/\(PartMap.name(of: slot))")
    }

    public func end() { right.release() }

    public func check() -> [SourceCheck] {
        do {
            guard try FilePlace.kind(of: name) == .folder else {
                return [SourceCheck(name, "is not there yet; the first part makes it")]
            }
            try requirePrivate()
            return [SourceCheck(name, "is there, and strangers cannot read its parts")]
        } catch {
            return [SourceCheck(name, failure: error)]
        }
    }

    private func requirePrivate() throws {
        let open = try PartFolder.all(in: name).flatMap { $0.paths(".part") }.first(where: isOpen)
        if let open { throw SnapshotError.open(path: open) }
    }

    /// Whether strangers can read the part.
    private func isOpen(_ path: String) throws -> Bool {
        try ([path, FilePlace.folder(of: path), name] as [String]).allSatisfy { place in
            let bit: UInt32 = place == path ? 0o004 : 0o001
            return try FileStatus(of: place).map { $0.permissions & bit != 0 } ?? false
        }
    }
}
