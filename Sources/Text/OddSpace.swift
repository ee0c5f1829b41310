// What pages, word processors and spreadsheets put into a text where nobody sees it.

extension Unicode.Scalar {
    /// A space of another kind than U+0020, such as the no-break space, or one without width.
    public var isOddSpace: Bool {
        value > 0x7F
            && (properties.generalCategory == .spaceSeparator || hasNoWidth)
    }

    fileprivate var hasNoWidth: Bool { [0x200B, 0x2060, 0xFEFF].contains(value) }
}

extension [UInt8] {
    /// Whether the bytes begin with the mark of UTF-8 (U+FEFF).
    public var hasByteOrderMark: Bool { starts(with: [0xEF, 0xBB, 0xBF]) }

    /// The bytes behind that mark.
    public var withoutByteOrderMark: [UInt8] { hasByteOrderMark ? Array(dropFirst(3)) : self }
}

extension String {
    /// Without white space at the ends, of any kind, and without what has no width.
    public func trimmingSpaces() -> String {
        func isSpace(_ scalar: Unicode.Scalar?) -> Bool {
            scalar.map { $0.properties.isWhitespace || $0.hasNoWidth } ?? false
        }
        var rest = unicodeScalars[...]
        while isSpace(rest.first) { rest.removeFirst() }
        while isSpace(rest.last) { rest.removeLast() }
        return String(rest)
    }

    /// With plain spaces for odd ones; nothing for what has no width.
    public var withPlainSpaces: String {
        var plain = ""
        for scalar in unicodeScalars where !scalar.hasNoWidth {
            plain.unicodeScalars.append(scalar.isOddSpace ? " " : scalar)
        }
        return plain
    }
}
