import Files
import Tally

/// The parts of a slot and what was made of them, among the files named and those in the folders named.
struct SlotFiles {
    let parts: [String]
    let uses: [String]
    let tags: [String]

    init(_ arguments: [String]) throws {
        let paths = try arguments.flatMap { path in
            guard try FilePlace.kind(of: path) == .folder else { return [path] }
            // Those that are being written have names that begin with a dot.
            return try (Folder.entries(of: path) ?? []).map(\.name)
                .filter { name in
                    !name.hasPrefix(".")
                        && [".part", ".uses", ".tags"].contains(where: name.hasSuffix)
                }
                .map { "\(path)/\($0)" }
        }
        let kinds = PartSet.kinds(of: paths)
        (uses, tags) = (kinds.uses, kinds.tags)
        // What is none of them is taken for a part, which says why it is not.
        let others = Set(uses + tags)
        parts = paths.filter { !others.contains($0) }
    }

    var all: [String] { parts + uses + tags }

    /// Takes them away, and their folders if nothing else is in them.
    func delete() throws {
        for path in all { try FilePlace.remove(path) }
        for folder in Set(all.map(FilePlace.folder)) where !folder.isEmpty {
            _ = Folder.removeIfEmpty(folder)
        }
    }
}
