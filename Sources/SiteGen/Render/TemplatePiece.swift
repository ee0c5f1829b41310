/// A piece of a template: text, or what stands between `{{` and `}}`.
enum TemplatePiece: Hashable, Sendable {
    case text([UInt8])
    /// `{{key}}`
    case variable(String, line: Int)
    /// `{{{key}}}` or `{{&key}}`
    case unescaped(String, line: Int)
    /// `{{#key}}`, or with `inverted` `{{^key}}`
    case section(String, inverted: Bool, line: Int)
    /// `{{/key}}`
    case end(String, line: Int)
    /// `{{>name}}`
    case partial(String, line: Int)
    case comment
    /// A tag that our templates do not use: pragmas behind the first, lambdas, inheritance, delimiters.
    case foreign(String, line: Int)

    /// Cuts a template, without its pragma, into its pieces: texts, and a tag between each two. A section
    /// tag, comment or partial alone on its line takes the line with it, as Mustache has it.
    static func pieces(of template: [UInt8]) -> [TemplatePiece] {
        let rest = template.first == newline ? template.dropFirst() : template[...]
        return withoutEmptiedLines(cut(rest, from: rest.startIndex == 0 ? 1 : 2))
    }

    private static func cut(_ template: ArraySlice<UInt8>, from line: Int) -> [TemplatePiece] {
        var pieces: [TemplatePiece] = []
        var rest = template
        var line = line
        while let open = rest.firstRange(of: Array("{{".utf8)) {
            pieces.append(.text(Array(rest[..<open.lowerBound])))
            line += newlines(in: rest[..<open.lowerBound])
            let triple = rest[open.upperBound...].first == UInt8(ascii: "{")
            let closing = Array((triple ? "}}}" : "}}").utf8)
            guard let close = rest[open.upperBound...].firstRange(of: closing) else {
                return pieces + [.foreign("{{ without }}", line: line)]
            }
            let inner = rest[(open.upperBound + (triple ? 1 : 0))..<close.lowerBound]
            pieces.append(piece(String(decoding: inner, as: UTF8.self), triple: triple, line))
            line += newlines(in: inner)
            rest = rest[close.upperBound...]
        }
        return pieces + [.text(Array(rest))]
    }

    private static func piece(_ inner: String, triple: Bool, _ line: Int) -> TemplatePiece {
        guard let sigil = inner.unicodeScalars.first else { return .foreign("{{}}", line: line) }
        let name = trimmed(inner.unicodeScalars.dropFirst())
        if triple { return .unescaped(trimmed(inner.unicodeScalars[...]), line: line) }
        return switch sigil {
        case "!": .comment
        case "#": .section(name, inverted: false, line: line)
        case "^": .section(name, inverted: true, line: line)
        case "/": .end(name, line: line)
        case "&": .unescaped(name, line: line)
        case ">": .partial(name, line: line)
        case "%", "=", "<", "$": .foreign("{{\(inner)}}", line: line)
        default: .variable(trimmed(inner.unicodeScalars[...]), line: line)
        }
    }

    private static func trimmed(_ scalars: Substring.UnicodeScalarView) -> String {
        let start = scalars.drop { $0.properties.isWhitespace }
        let end = start.lastIndex { !$0.properties.isWhitespace }.map { start.index(after: $0) }
        return String(String.UnicodeScalarView(start[..<(end ?? start.startIndex)]))
    }

    private static func newlines(in bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 == newline }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func withoutEmptiedLines(_ pieces: [TemplatePiece]) -> [TemplatePiece] {
        let alone = pieces.indices.filter { index in
            pieces[index].mayEmptyLine && index > 0 && index < pieces.count - 1
                && pieces[index - 1].lineEnd(isFirst: index == 1) != nil
                && pieces[index + 1].lineStart(isLast: index == pieces.count - 2) != nil
        }
        var result = pieces
        for index in alone {
            let isLast = index == pieces.count - 2
            // Behind first: the text between two such tags loses its start before its end is measured.
            if case .text(let text) = result[index + 1],
                let blank = result[index + 1].lineStart(isLast: isLast)
            {
                result[index + 1] = .text(Array(text.dropFirst(blank)))
            }
            if case .text(let text) = result[index - 1] {
                let blank = text.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
                result[index - 1] = .text(Array(text.dropLast(blank)))
            }
        }
        return result
    }

    private var mayEmptyLine: Bool {
        switch self {
        case .section, .end, .partial, .comment: true
        default: false
        }
    }

    /// The blanks behind the last line end of a text; nil if anything else is there.
    private func lineEnd(isFirst: Bool) -> Int? {
        guard case .text(let text) = self else { return nil }
        let blank = text.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
        if blank == text.count { return isFirst ? blank : nil }
        return text[text.count - 1 - blank] == Self.newline ? blank : nil
    }

    /// The blanks at the start of a text with the line end behind them; nil if anything else is there.
    private func lineStart(isLast: Bool) -> Int? {
        guard case .text(let text) = self else { return nil }
        let blank = text.prefix { $0 == 0x20 || $0 == 0x09 }.count
        if blank == text.count { return isLast ? blank : nil }
        return text[blank] == Self.newline ? blank + 1 : nil
    }
}
