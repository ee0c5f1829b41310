import Text

/// The name of an object: 1 to 1024 bytes of UTF-8 without control characters.
///
/// Control characters are allowed by S3, but cannot stand in the XML of a listing or a deletion.
/// Keys are equal if their bytes are, and ordered by their bytes, as S3 does.
public struct ObjectKey: Sendable {
    private let exact: ExactText

    /// Throws `key` with the reason.
    public init(_ text: String) throws(AWSError) {
        guard !text.isEmpty else { throw .key(text, reason: "empty") }
        guard text.utf8.count <= 1024 else {
            throw .key(text, reason: "over the 1024 bytes that S3 allows")
        }
        let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        let isWritable =
            isPlain
            || text.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control && $0 != "\u{FFFE}" && $0 != "\u{FFFF}"
            }
        guard isWritable else { throw .key(text, reason: "holds a control character") }
        exact = ExactText(text)
    }
}

extension ObjectKey: Hashable, Comparable, CustomStringConvertible {
    public static func < (left: ObjectKey, right: ObjectKey) -> Bool { left.exact < right.exact }

    public var text: String { exact.text }
    public var description: String { text }
}
