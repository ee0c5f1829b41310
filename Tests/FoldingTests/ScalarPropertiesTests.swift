import Folding
import Testing

@Suite("Properties of scalars")
struct ScalarPropertiesTests {
    /// Swift's own tables may be of a later version, in which more is assigned.
    @Test("are those that Swift knows, of all that our version has assigned")
    func everyScalar() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value),
                let age = scalar.properties.age, age.major < 15 || age.major == 15 && age.minor == 0
            else { continue }
            let swift = scalar.properties
            let letters: [Unicode.GeneralCategory] = [
                .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            ]
            let marks: [Unicode.GeneralCategory] = [.nonspacingMark, .spacingMark, .enclosingMark]
            let punctuation: [Unicode.GeneralCategory] = [
                .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
                .initialPunctuation, .finalPunctuation, .otherPunctuation,
            ]
            let category = swift.generalCategory
            let agrees =
                scalar.isLetterOrMark == (letters + marks).contains(category)
                && scalar.isMark == marks.contains(category)
                && scalar.isPunctuation == punctuation.contains(category)
                && scalar.isConnector == (category == .connectorPunctuation)
                && scalar.isDecimalDigit == (category == .decimalNumber)
                && scalar.isControl == (category == .control)
                // Some marks became alphabetic later.
                && (scalar.isMark || scalar.isAlphabetic == swift.isAlphabetic)
                && scalar.isWhitespace == swift.isWhitespace
                && scalar.isDefaultIgnorable == swift.isDefaultIgnorableCodePoint
            if !agrees { Issue.record("U+\(String(value, radix: 16))") }
        }
    }
}
