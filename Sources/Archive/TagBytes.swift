/// A tag's key, to look up by its bytes: Swift's own equality of texts takes two normal forms for one.
struct TagBytes: Hashable, Sendable {
    private let bytes: [UInt8]

    init(_ tag: String) { bytes = Array(tag.utf8) }

    /// All bytes at once: an array would hash them one by one.
    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
