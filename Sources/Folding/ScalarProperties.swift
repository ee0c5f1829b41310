/// What is known of one scalar; the bits are those of Scripts/unicode.
struct ScalarProperties {
    let rawValue: UInt8

    enum Kind: UInt8 {
        case other, letter, mark, decimalNumber, connector, punctuation, control
    }

    var kind: Kind { Kind(rawValue: rawValue & 7) ?? .other }
    var isAlphabetic: Bool { rawValue & 8 != 0 }
    var isWhitespace: Bool { rawValue & 16 != 0 }
    var isDefaultIgnorable: Bool { rawValue & 32 != 0 }
    /// Its place may change in NFC, or what stands there: NFC_Quick_Check is not Yes, or the canonical
    /// combining class not 0.
    var isUnstable: Bool { rawValue & 64 != 0 }
    /// NFKC_Casefold makes something else of it.
    var folds: Bool { rawValue & 128 != 0 }
}

extension Unicode.Scalar {
    @inline(__always)
    fileprivate var known: ScalarProperties { UnicodeTables.properties(of: value) }

    /// General categories L and M.
    public var isLetterOrMark: Bool { known.kind == .letter || known.kind == .mark }

    /// General category M.
    public var isMark: Bool { known.kind == .mark }

    /// General category Nd.
    public var isDecimalDigit: Bool { known.kind == .decimalNumber }

    /// General category Pc.
    public var isConnector: Bool { known.kind == .connector }

    /// General category P.
    public var isPunctuation: Bool { known.kind == .punctuation || known.kind == .connector }

    /// General category Cc.
    public var isControl: Bool { known.kind == .control }

    /// The property Alphabetic.
    public var isAlphabetic: Bool { known.isAlphabetic }

    /// The property White_Space.
    public var isWhitespace: Bool { known.isWhitespace }

    /// The property Default_Ignorable_Code_Point.
    public var isDefaultIgnorable: Bool { known.isDefaultIgnorable }
}
