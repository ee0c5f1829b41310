/// A text that is its bytes: equal, hashed and ordered by them, and so in the order of its scalars.
///
/// `String` itself calls "é" and "e" + U+0301 equal, which are two tags, two paths, two keys of a bucket.
public struct ExactText: Hashable, Comparable, Sendable {
    public let text: String

    @inlinable
    public init(_ text: String) { self.text = text }

    @inlinable
    public static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.count == right.text.utf8.count
            && left.text.utf8.elementsEqual(right.text.utf8)
    }

    @inlinable
    public static func < (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// All bytes at once, as every text of Linux has them in one piece: a sequence would hash them one by one.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if isDone == nil { for byte in text.utf8 { hasher.combine(byte) } }
        hasher.combine(UInt8(0xFF))
    }
}

extension ExactText: CustomStringConvertible {
    public var description: String { text }
}
