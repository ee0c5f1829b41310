import Glibc

/// A text that is its bytes: equal, hashed and ordered by them, and so in the order of its scalars.
///
/// `String` itself calls "é" and "e" + U+0301 equal, which are two tags, two paths, two keys of a bucket.
public struct ExactText: Hashable, Comparable, Sendable {
    public let text: String

    @inlinable
    public init(_ text: String) { self.text = text }

    public static func == (left: ExactText, right: ExactText) -> Bool {
        guard left.text.utf8.count == right.text.utf8.count else { return false }
        return compare(left, right) == 0
    }

    public static func < (left: ExactText, right: ExactText) -> Bool {
        let order = compare(left, right)
        return order == 0 ? left.text.utf8.count < right.text.utf8.count : order < 0
    }

    /// All bytes at once: a sequence would hash them one by one.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8(0xFF))
    }

    /// Below, at or above zero by the first byte that differs, as far as both go.
    private static func compare(_ left: ExactText, _ right: ExactText) -> Int32 {
        var (left, right) = (left.text, right.text)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard let one = left.baseAddress, let other = right.baseAddress else { return 0 }
                return memcmp(one, other, min(left.count, right.count))
            }
        }
    }
}

extension ExactText: CustomStringConvertible {
    public var description: String { text }
}
