/// A tag's key, to look up by its bytes: Swift's own equality of texts takes two normal forms for one.
struct TagBytes: Hashable, Sendable {
    private let tag: String

    init(_ tag: String) { self.tag = tag }

    static func == (one: TagBytes, other: TagBytes) -> Bool { isSame(one.tag, other.tag) }

    /// All bytes at once: a sequence would hash them one by one.
    func hash(into hasher: inout Hasher) {
        var tag = tag
        tag.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// By bytes.
func isSame(_ one: String?, _ other: String) -> Bool {
    guard var one, one.utf8.count == other.utf8.count else { return false }
    var other = other
    return one.withUTF8 { one in
        other.withUTF8 { other in one.indices.allSatisfy { one[$0] == other[$0] } }
    }
}
