/// The names in a Swift file.
struct SourceFile {
    /// Types, functions and values declared outside of any other, and not for the file alone.
    private(set) var outermost: Set<String> = []
    /// All that it declares.
    private(set) var declared: Set<String> = []
    /// Names of types in it, and of functions that it calls, but for those behind a dot.
    private(set) var mentioned: Set<String> = []

    private static let keywords: Set = [
        "struct", "class", "enum", "actor", "protocol", "typealias", "func", "let", "var",
    ]

    init(_ text: String) {
        var lexer = Lexer(text)
        lexer.readCode()
        let tokens = lexer.tokens
        var (depth, isPrivate) = (0, false)
        for (place, token) in tokens.enumerated() {
            switch token {
            case "{", "}":
                depth += token == "{" ? 1 : -1
                isPrivate = false
            case "private", "fileprivate": isPrivate = true
            default:
                guard token.utf8.first.map(Lexer.isWord) ?? false, place > 0 else { continue }
                let before = tokens[place - 1]
                if Self.keywords.contains(before) {
                    declared.insert(token)
                    if depth == 0, !isPrivate { outermost.insert(token) }
                    isPrivate = false
                } else if before != "." {
                    let isCalled = place + 1 < tokens.count && tokens[place + 1] == "("
                    if isCalled || token.first?.isUppercase ?? false { mentioned.insert(token) }
                }
            }
        }
    }
}

/// Cuts Swift into words and marks, without comments, and of texts only what is set into them.
private struct Lexer {
    private(set) var tokens: [String] = []
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    /// To the end, or within a text to the parenthesis that closes what is set in.
    mutating func readCode(isWithinText: Bool = false) {
        var depth = 0
        while let byte = rest.first {
            let word = rest.prefix(while: Self.isWord)
            let hashes = rest.prefix { $0 == UInt8(ascii: "#") }.count
            if !word.isEmpty {
                tokens.append(String(decoding: word, as: UTF8.self))
                rest = rest.dropFirst(word.count)
            } else if rest.starts(with: "//".utf8) {
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            } else if rest.dropFirst(hashes).first == UInt8(ascii: "\"") {
                rest = rest.dropFirst(hashes)
                readText(hashes: hashes)
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                rest = rest.dropFirst()
                if isWithinText, depth < 0 { return }
                if byte > 0x20 { tokens.append(String(decoding: [byte], as: UTF8.self)) }
            }
        }
    }

    private mutating func readText(hashes: Int) {
        let quote = Array((rest.starts(with: "\"\"\"".utf8) ? "\"\"\"" : "\"").utf8)
        let marks = Array(repeating: UInt8(ascii: "#"), count: hashes)
        rest = rest.dropFirst(quote.count)
        while !rest.isEmpty {
            if rest.starts(with: quote + marks) {
                rest = rest.dropFirst(quote.count + hashes)
                return
            }
            if rest.starts(with: [UInt8(ascii: "\\")] + marks) {
                rest = rest.dropFirst(1 + hashes)
                let isSetIn = rest.first == UInt8(ascii: "(")
                rest = rest.dropFirst()
                if isSetIn { readCode(isWithinText: true) }
            } else {
                rest = rest.dropFirst()
            }
        }
    }
}
