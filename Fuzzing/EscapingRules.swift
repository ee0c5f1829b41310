import Foundation
import Text

/// What is escaped for a place can do nothing there, and reads back as what it was.
enum EscapingRules {
    static func check(_ input: inout FuzzInput) throws {
        let (bytes, text) = (Array(input.bytes), input.text)
        try checkTerminal(text)
        try checkJSON(text)

        let markup = MarkupText.escaped(text)
        try require(!markup.contains { "<>\"'".utf8.contains($0) }, "markup in \(text)")

        for isPath in [false, true] {
            let encoded = PercentEncoding.encode(text, isPath: isPath)
            try require(
                encoded.utf8.allSatisfy {
                    $0.isASCIILetter || $0.isASCIIDigit || "-._~%/".utf8.contains($0)
                }, "\(encoded) in an address")
            try requireEqual(
                PercentEncoding.decode(encoded.utf8), Array(text.utf8), "percent coding")
        }
        // Of anything: never more than was given.
        if let decoded = PercentEncoding.decode(bytes) {
            try require(decoded.count <= bytes.count, "decoding added bytes")
        }

        let hex = Array(Hex.text(bytes).utf8)
        try require(
            hex.count == 2 * bytes.count && hex.allSatisfy { Hex.value($0) != nil }, "hex")
    }

    private static func checkTerminal(_ text: String) throws {
        let safe = terminalSafe(text)
        try require(
            !safe.unicodeScalars.contains {
                [.control, .lineSeparator, .paragraphSeparator].contains(
                    $0.properties.generalCategory)
            }, "a terminal would act on \(Array(safe.utf8))")
        // The cut adds a scalar; escapes make more of one.
        try require(safe.unicodeScalars.count <= 200 * "\\u{10ffff}".utf8.count + 1, "too long")
        let whole = terminalSafe(text, limit: .max)
        try require(
            terminalSafe(whole, limit: .max).utf8.elementsEqual(whole.utf8), "not the same twice")
    }

    private static func checkJSON(_ text: String) throws {
        var json = ""
        JSONString.append(text, to: &json)
        try require(!json.utf8.contains { "<>&{".utf8.contains($0) }, "\(json) in a script")
        let read = try JSONDecoder().decode([String].self, from: Data("[\(json)]".utf8))
        try require(read.count == 1 && read[0].utf8.elementsEqual(text.utf8), "\(json) as JSON")
    }
}
