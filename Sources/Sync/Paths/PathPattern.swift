/// A choice of paths: `tags/*/feed.xml`, `**/index.html`, `data`.
///
/// `*` stands for anything within one segment, `**` for anything at all, `?` for one character. Without
/// any of them it is a file, or a folder and all that is in it.
public struct PathPattern: Hashable, Sendable {
    private let pattern: [Unicode.Scalar]
    private let isFolderToo: Bool

    /// Nil for the empty text.
    public init?(_ text: String) {
        let bare = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard !bare.isEmpty else { return nil }
        pattern = Array(bare.unicodeScalars)
        isFolderToo = !pattern.contains("*") && !pattern.contains("?")
    }

    public func matches(_ path: SitePath) -> Bool {
        let path = Array(path.text.unicodeScalars)
        if isFolderToo {
            return path == pattern || path.starts(with: pattern + ["/"])
        }
        // The places of the pattern that the path so far can have come to.
        var places: Set<Int> = closure([0])
        for scalar in path {
            var next: Set<Int> = []
            for place in places where place < pattern.count {
                switch pattern[place] {
                case "*":
                    let isWide = place + 1 < pattern.count && pattern[place + 1] == "*"
                    if isWide || scalar != "/" { next.insert(place) }
                case "?": if scalar != "/" { next.insert(place + 1) }
                default: if pattern[place] == scalar { next.insert(place + 1) }
                }
            }
            places = closure(next)
        }
        return places.contains(pattern.count)
    }

    /// Stars stand for nothing too; `**/` so for no folder at all.
    private func closure(_ places: Set<Int>) -> Set<Int> {
        var all: Set<Int> = []
        var open = Array(places)
        while let place = open.popLast() {
            guard all.insert(place).inserted, place < pattern.count, pattern[place] == "*" else {
                continue
            }
            let isWide = place + 1 < pattern.count && pattern[place + 1] == "*"
            let after = place + (isWide ? 2 : 1)
            open.append(after)
            if isWide, after < pattern.count, pattern[after] == "/" { open.append(after + 1) }
        }
        return all
    }
}
