import Digest
import Folding
import Text

/// The path segment of a hashtag: the same key gives the same segment for ever, and two keys never
/// share one.
///
/// Letters, marks and numbers of any script stay, and so do `_` and `-`. Every other byte becomes `~` and two
/// digits, so that no segment can be `..`, hold a slash or end in `.html`. Upper case is among the
/// others, for file systems that fold it, and so are the first byte of names that Windows reserves and a mark at
/// the start, which would merge with the slash before it. A key that is not in NFC, which some file systems fold too,
/// keeps its ASCII alone. What would be too long for a file name ends in `~~` and half a SHA-256 of the key.
enum Slug {
    /// Bytes; file systems allow 255, and this leaves room for endings.
    static let longest = 200

    private static let reserved: Set<String> = {
        let ports = (0...9).flatMap { ["com\($0)", "lpt\($0)"] }
        return Set(["con", "prn", "aux", "nul"] + ports)
    }()

    static func segment(for key: String) -> String {
        guard !key.isEmpty else { return "~" }
        var bytes: [UInt8] = []
        let isReserved = Self.reserved.contains(key)
        // Most keys are all plain ASCII.
        if !isReserved, key.utf8.count <= longest, key.utf8.allSatisfy(Self.isPlainASCII) {
            return key
        }
        let isComposed = Composition.nfc(key).utf8.elementsEqual(key.utf8)
        // The length at which a cut would not split a scalar or an escape.
        var cut = 0
        for (index, scalar) in key.unicodeScalars.enumerated() {
            if Self.isPlain(scalar), isComposed || scalar.isASCII,
                index > 0 || !(isReserved || Self.isMark(scalar))
            {
                bytes += Array(String(scalar).utf8)
            } else {
                for byte in String(scalar).utf8 {
                    bytes.append(UInt8(ascii: "~"))
                    Hex.append(byte, to: &bytes)
                }
            }
            if bytes.count <= Self.longest - 34 { cut = bytes.count }
        }
        if bytes.count > Self.longest {
            bytes.removeLast(bytes.count - cut)
            bytes += "~~\(SHA256(of: key.utf8).hex.prefix(32))".utf8
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isPlainASCII(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: byte.isASCIILowercase || byte.isASCIIDigit
        }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "_" || scalar == "-" { return true }
        let properties = scalar.properties
        guard !properties.changesWhenLowercased, !properties.changesWhenCaseFolded,
            !properties.isDefaultIgnorableCodePoint
        else { return false }
        return switch properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .titlecaseLetter, .uppercaseLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: isMark(scalar)
        }
    }
}
