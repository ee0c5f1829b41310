extension Unicode.Scalar {
    /// General category P.
    var isPunctuation: Bool {
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }

    /// General categories L and M.
    var isLetterOrMark: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark:
            true
        default: false
        }
    }

    /// General category Nd.
    var isDecimalDigit: Bool { properties.generalCategory == .decimalNumber }

    /// The number sign or its full-width form.
    var isHashSign: Bool { self == "#" || self == "＃" }
}
