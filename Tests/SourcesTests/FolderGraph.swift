/// Which folder of a module uses which, told from the names that its files declare and mention.
///
/// A file's own text is enough: a name belongs to the folder whose file declares it outermost; a file that declares
/// a type or function of that name itself means its own.
struct FolderGraph {
    /// The names by which a folder uses another, by both.
    private(set) var uses: [Arrow: Set<String>] = [:]

    struct Arrow: Hashable {
        let user: String
        let used: String
    }

    /// - Parameter files: The texts of a module's files by path, relative to the module's folder.
    init(files: [String: String]) {
        let sources = files.map { (folder: Self.folder(of: $0), source: SourceFile($1)) }
        var owners: [String: Set<String>] = [:]
        for (folder, source) in sources {
            for name in source.outermost { owners[name, default: []].insert(folder) }
        }
        for (folder, source) in sources {
            for name in source.mentioned.subtracting(source.declared) {
                // A name that two folders declare, each for itself, tells nothing.
                guard let owner = owners[name], owner.count == 1, let used = owner.first,
                    used != folder
                else { continue }
                uses[Arrow(user: folder, used: used), default: []].insert(name)
            }
        }
    }

    /// Every arrow that is part of a circle, in order.
    var circles: [Arrow] {
        uses.keys.filter { reaches(from: $0.used, to: $0.user) }
            .sorted { ($0.user, $0.used) < ($1.user, $1.used) }
    }

    /// An arrow in words.
    func text(of arrow: Arrow) -> String {
        let names = (uses[arrow] ?? []).sorted().joined(separator: ", ")
        return "\(arrow.user) uses \(arrow.used) for \(names)"
    }

    private func reaches(from start: String, to end: String) -> Bool {
        var (seen, open) = (Set([start]), [start])
        while let folder = open.popLast() {
            if folder == end { return true }
            for arrow in uses.keys where arrow.user == folder && seen.insert(arrow.used).inserted {
                open.append(arrow.used)
            }
        }
        return false
    }

    /// `.` for the module's own.
    private static func folder(of path: String) -> String {
        let parts = path.split(separator: "/").dropLast()
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }
}
