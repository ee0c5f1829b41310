/// The key that was probably meant by one that does not exist.
enum SettingSuggestion {
    /// Nil if no key is near: the same but for case, the same leaf in one other section, or at
    /// most a third of its bytes away.
    static func forUnknown(_ path: String) -> String? {
        let candidates = SettingKey.all.filter { !$0.isIdle && !$0.path.contains("[") }
            .map { concrete($0.path, like: path) }
        let wanted = path.lowercased()
        if let same = candidates.first(where: { $0.lowercased() == wanted }) { return same }
        let leaf = Substring(wanted).split(separator: ".").last ?? ""
        let sameLeaf = candidates.filter { $0.lowercased().hasSuffix(".\(leaf)") }
        if sameLeaf.count == 1, !leaf.isEmpty, !sameLeaf[0].contains("*") { return sameLeaf[0] }
        return nearest(to: wanted, among: candidates.filter { !$0.contains("*") })
    }

    /// Nil if none is at most a sixth of its bytes away.
    static func nearest(to path: String, among candidates: [String]) -> String? {
        let wanted = path.lowercased()
        let near =
            candidates
            .map { ($0, distance(Array($0.lowercased().utf8), Array(wanted.utf8))) }
            .min { $0.1 < $1.1 }
        guard let near, near.1 <= max(2, wanted.utf8.count / 6) else { return nil }
        return near.0
    }

    /// The star of `pattern` filled in from the source that `path` names.
    private static func concrete(_ pattern: String, like path: String) -> String {
        let parts = path.split(separator: ".")
        guard pattern.hasPrefix("sources.*."), parts.count == 3, parts[0] == "sources" else {
            return pattern
        }
        return "sources.\(parts[1])" + pattern.dropFirst("sources.*".count)
    }

    /// Insertions, deletions and substitutions between two short texts (Levenshtein 1966).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard left.count < 200, right.count < 200 else { return .max }
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substitution = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
