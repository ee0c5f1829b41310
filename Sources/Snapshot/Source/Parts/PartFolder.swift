import Calendar
import Files
import Tally

/// The parts of one slot, in a folder of their own, and what was made of them.
struct PartFolder {
    let path: String
    let slot: Slot
    /// The first and last times that its parts tell.
    let span: ClosedRange<Timestamp>?
    private let names: [String]

    /// Nil without a part. What is being written has a name that begins with a dot.
    private init?(_ path: String) throws {
        names = try (Folder.entries(of: path) ?? []).map(\.name).filter { !$0.hasPrefix(".") }
        self.path = path
        let parts = try names.filter { $0.hasSuffix(".part") }.map { try PartFile("\(path)/\($0)") }
        guard let first = parts.first else { return nil }
        slot = first.slot
        span = Self.union(of: parts.compactMap(\.span))
    }

    /// Those below a folder, oldest first.
    static func all(in folder: String) throws -> [PartFolder] {
        try (Folder.entries(of: folder) ?? []).filter {
            $0.kind == .folder && !$0.name.hasPrefix(".")
        }
        .compactMap { try PartFolder("\(folder)/\($0.name)") }.sorted { $0.slot < $1.slot }
    }

    /// The parts in the folders of a folder; without those that cannot be read, which are not what anybody waits for.
    static func parts(below folder: String) throws(FileError) -> [PartFile] {
        try (Folder.entries(of: folder) ?? []).filter { $0.kind == .folder }.flatMap { entry in
            ((try? Folder.entries(of: "\(folder)/\(entry.name)")) ?? [])
                .filter { $0.name.hasSuffix(".part") && !$0.name.hasPrefix(".") }
                .compactMap { try? PartFile("\(folder)/\(entry.name)/\($0.name)") }
        }
    }

    static func union(of spans: [ClosedRange<Timestamp>]) -> ClosedRange<Timestamp>? {
        guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max()
        else { return nil }
        return first...last
    }

    /// The files whose names end so.
    func paths(_ end: String) -> [String] {
        names.filter { $0.hasSuffix(end) }.map { "\(path)/\($0)" }
    }
}
