/// What a script has in front of a value that it gives a name, `window.YTD.tweets.part0 = `: so the files
/// begin that X hands out as the archive of one's own.
struct AssignedName {
    /// Bytes before the value; nil if more of them have to be seen.
    let length: Int?

    /// The longest in bytes.
    private static let longest = 128

    /// Nil if the bytes begin otherwise.
    init?(of bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        var rest = bytes.prefix(Self.longest)
        guard let first = rest.first, Self.isLetter(first) else { return nil }
        rest = rest.drop { Self.isLetter($0) || $0 == UInt8(ascii: ".") || $0 &- 0x30 < 10 }
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        if let sign = rest.first {
            guard sign == UInt8(ascii: "=") else { return nil }
            rest = rest.dropFirst().drop { $0 <= 0x20 }
        }
        if let opening = rest.first {
            guard opening == UInt8(ascii: "[") || opening == UInt8(ascii: "{") else { return nil }
            length = rest.startIndex - bytes.startIndex
        } else {
            guard bytes.count < Self.longest else { return nil }
            length = nil
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 &- 0x61 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
    }
}
