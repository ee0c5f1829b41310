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
    /// A tag that our templates do not use: pragmas behind the first, lambdas, inheritance, delimiters.
    case foreign(String, line: Int)

    /// Cuts a template into its pieces; comments are left out.
    static func pieces(of template: [UInt8]) -> [TemplatePiece] {
        var pieces: [TemplatePiece] = []
        var rest = template[...]
        var line = 1
        while let open = rest.firstRange(of: Array("{{".utf8)) {
            pieces.append(.text(Array(rest[..<open.lowerBound])))
            line += newlines(in: rest[..<open.lowerBound])
            let triple = rest[open.upperBound...].first == UInt8(ascii: "{")
            let closing = Array((triple ? "}}}" : "}}").utf8)
            guard let close = rest[open.upperBound...].firstRange(of: closing) else {
                return pieces + [.foreign("{{ without }}", line: line)]
            }
            let inner = rest[(open.upperBound + (triple ? 1 : 0))..<close.lowerBound]
            if let piece = piece(String(decoding: inner, as: UTF8.self), triple: triple, line) {
                pieces.append(piece)
            }
            line += newlines(in: inner)
            rest = rest[close.upperBound...]
        }
        return pieces + [.text(Array(rest))]
    }

    private static func piece(_ inner: String, triple: Bool, _ line: Int) -> TemplatePiece? {
        guard let sigil = inner.unicodeScalars.first else { return .foreign("{{}}", line: line) }
        let name = trimmed(inner.unicodeScalars.dropFirst())
        if triple { return .unescaped(trimmed(inner.unicodeScalars[...]), line: line) }
        return switch sigil {
        case "!": nil
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
        bytes.count { $0 == UInt8(ascii: "\n") }
    }
}
