/// The posts that a server's own ids stand for, as far as it delivered them lately.
///
/// Remembers between one and two times `generation` of them, so that no server can fill the memory.
final class DeliveredIDs {
    private static let generation = 250_000

    private var recent: [UInt64: UInt64] = [:]
    private var older: [UInt64: UInt64] = [:]

    /// The post that an id stands for; nil if it is not, or no longer, known.
    subscript(id: UInt64) -> UInt64? {
        get { recent[id] ?? older[id] }
        set {
            if recent.count >= Self.generation {
                older = recent
                recent = [:]
            }
            recent[id] = newValue
        }
    }
}
