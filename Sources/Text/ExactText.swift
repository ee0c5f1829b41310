import Glibc

/// A text that is its bytes: equal, hashed and ordered by them, and so in the order of its scalars.
///
/// `String` itself calls "é" and "e" + U+0301 equal, which are two tags, two paths, two keys of a bucket.
public struct ExactText: Hashable, Comparable, Sendable {
    public let text: String

    @inlinable
    public init(_ text: String) { self.text = text }

    public static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.count == right.text.utf8.count && order(left, right) == 0
    }

    public static func < (left: ExactText, right: ExactText) -> Bool { order(left, right) < 0 }

    /// Below zero if the left comes first, above it if the right does; in pieces as long as memory is compared in.
    private static func order(_ left: ExactText, _ right: ExactText) -> Int {
        let order: Int?? = left.text.utf8.withContiguousStorageIfAvailable { left in
            right.text.utf8.withContiguousStorageIfAvailable { right in
                let common = min(left.count, right.count)
                guard common > 0, let first = left.baseAddress, let second = right.baseAddress,
                    case let order = memcmp(first, second, common), order != 0
                else { return left.count - right.count }
                return Int(order)
            }
        }
        if case .some(.some(let order)) = order { return order }
        if left.text.utf8.elementsEqual(right.text.utf8) { return 0 }
        return left.text.utf8.lexicographicallyPrecedes(right.text.utf8) ? -1 : 1
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
