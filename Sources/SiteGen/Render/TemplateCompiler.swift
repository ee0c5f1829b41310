/// Compiles templates for the views they show, before any is rendered.
///
/// A missing key or partial, and a value of a kind that is not safe where it stands, is a fault with file
/// and line.
struct TemplateCompiler {
    /// The text of every template by its name.
    let templates: [String: [UInt8]]
    /// What a fault calls the file of a template.
    let fileName: (String) -> String
    private(set) var faults: [TemplateFault] = []
    /// Of the template that is being compiled.
    private var program = TemplateProgram()

    init(templates: [String: [UInt8]], fileName: @escaping (String) -> String) {
        self.templates = templates
        self.fileName = fileName
    }

    /// What renders a template and its partials for one view; of use only without faults.
    mutating func compile(_ template: String, shows shape: ViewShape) -> TemplateProgram {
        program = TemplateProgram()
        compile(template, stack: [shape], callers: [], position: MarkupPosition())
        return program
    }

    private mutating func compile(
        _ name: String, stack: [ViewShape], callers: [String], position: MarkupPosition
    ) {
        guard let text = templates[name] else {
            return fault(name, 1, "there is no such template")
        }
        guard
            let type = ScalarContentType.allCases.first(where: {
                text.starts(with: $0.pragma.utf8)
            })
        else {
            let pragmas = ScalarContentType.allCases.map(\.pragma).joined(separator: " or ")
            return fault(name, 1, "must begin with \(pragmas)")
        }
        var walk = Walk(
            name: name, type: type, stack: stack, callers: callers + [name], position: position)
        let pragma = type.pragma.utf8.count
        for piece in TemplatePiece.pieces(of: Array(text.dropFirst(pragma))) {
            compile(piece, &walk)
        }
        for open in walk.open { fault(name, open.line, "{{#\(open.name)}} is never closed") }
        if walk.open.isEmpty, walk.position.place != position.place {
            fault(name, 1, "ends inside a tag, a comment or a script")
        }
    }

    private mutating func compile(_ piece: TemplatePiece, _ walk: inout Walk) {
        switch piece {
        case .text(let bytes):
            walk.position.advance(over: bytes)
            if !bytes.isEmpty { program.append(text: bytes) }
        case .variable(let key, let line):
            guard let (path, shape) = resolve(key, walk, line) else { return }
            program.append(.value(path, walk.type))
            if let reason = refusal(of: shape.value, escaped: true, at: walk.position.place) {
                fault(walk.name, line, "{{\(key)}}: \(reason)")
            }
        case .unescaped(let key, let line):
            guard let (path, shape) = resolve(key, walk, line) else { return }
            program.append(.unescaped(path))
            if let reason = refusal(of: shape.value, escaped: false, at: walk.position.place) {
                fault(walk.name, line, "{{{\(key)}}}: \(reason)")
            }
        case .section(let key, let isInverted, let line):
            let found = resolve(key, walk, line)
            walk.open.append(
                Walk.Section(
                    name: key, line: line, path: found?.path, isInverted: isInverted,
                    stack: walk.stack, position: walk.position, start: program.steps.count))
            guard let shape = found?.shape, !isInverted, shape.value != .flag else { return }
            walk.stack.append(shape.content)
        case .end(let key, let line):
            guard let section = walk.open.popLast(), section.name == key else {
                return fault(walk.name, line, "{{/\(key)}} closes no section of that name")
            }
            if let path = section.path {
                program.close(from: section.start) { count in
                    section.isInverted
                        ? .inverted(path, count: count) : .section(path, count: count)
                }
            }
            if section.position.place != walk.position.place {
                fault(walk.name, line, "{{/\(key)}} is not where {{#\(key)}} began: a tag is cut")
            }
            walk.stack = section.stack
        case .partial(let name, let line):
            if templates[name] == nil {
                fault(walk.name, line, "{{>\(name)}}: there is no such template")
            } else if walk.callers.contains(name) {
                fault(walk.name, line, "{{>\(name)}}: calls itself")
            } else if walk.position.place != .text {
                fault(walk.name, line, "{{>\(name)}}: a partial stands between tags only")
            } else {
                compile(
                    name, stack: walk.stack, callers: walk.callers, position: walk.position)
            }
        case .comment: break
        case .foreign(let tag, let line): fault(walk.name, line, "\(tag): not used in this site")
        }
    }

    /// Where the value of a key is and its shape; nil, with a fault, if there is none.
    private mutating func resolve(
        _ key: String, _ walk: Walk, _ line: Int
    ) -> (path: ValuePath, shape: ViewShape)? {
        if key.contains("(") {
            fault(walk.name, line, "\(key): transforms are not used, format the value in its view")
            return nil
        }
        if key == ".", let shape = walk.stack.last {
            return (program.path([], from: walk.stack.count - 1), shape)
        }
        let names = key.split(separator: ".").map(String.init)
        guard let head = names.first else { return nil }
        let holders = walk.stack.indices.filter { walk.stack[$0].field(head) != nil }
        guard let depth = holders.last, var shape = walk.stack[depth].field(head)?.shape else {
            fault(walk.name, line, "unknown key \(key)")
            return nil
        }
        // An absent value would let the key of an outer view through.
        if case .optional = shape, holders.count > 1 {
            fault(walk.name, line, "\(key): an outer view has a key of this name too")
        }
        var fields = walk.stack[depth].field(head).map { [$0.place] } ?? []
        for name in names.dropFirst() {
            guard let next = shape.value.field(name) else {
                fault(walk.name, line, "unknown key \(key)")
                return nil
            }
            fields.append(next.place)
            shape = next.shape
        }
        return (program.path(fields, from: depth), shape)
    }

    /// Why a value may not stand at a place; nil if it may.
    private func refusal(
        of shape: ViewShape, escaped: Bool, at place: MarkupPosition.Place
    ) -> String? {
        switch place {
        case .comment: return "no value belongs in a comment"
        case .tag: return "a value in a tag must stand in a quoted attribute"
        case .code: return "no value belongs in a script or a style"
        case .island: return shape == .island && !escaped ? nil : "takes {{{an island}}} alone"
        case .attribute(let name, _):
            guard escaped else { return "attributes take escaped values alone" }
            if name.hasPrefix("on") || name == "style" || name == "srcdoc" {
                return "the attribute \(name) takes no value"
            }
            if ["href", "src", "action", "formaction", "poster", "data", "cite"].contains(name) {
                return shape == .link ? nil : "the attribute \(name) takes a link alone"
            }
            return shape == .text ? nil : "the attribute \(name) takes text alone"
        case .text:
            switch shape {
            case .text, .link: return escaped ? nil : "text must be escaped: {{key}}"
            case .markup: return escaped ? "markup is not escaped: {{{key}}}" : nil
            default: return "is not a text"
            }
        }
    }

    /// Each mistake once, however many views share the template.
    private mutating func fault(_ template: String, _ line: Int, _ reason: String) {
        let fault = TemplateFault(file: fileName(template), line: line, reason: reason)
        if !faults.contains(fault) { faults.append(fault) }
    }

    private struct Walk {
        struct Section {
            let name: String
            let line: Int
            let path: ValuePath?
            let isInverted: Bool
            let stack: [ViewShape]
            let position: MarkupPosition
            /// The place of its first step.
            let start: Int
        }

        let name: String
        let type: ScalarContentType
        var stack: [ViewShape]
        let callers: [String]
        var position: MarkupPosition
        var open: [Section] = []
    }
}

extension ViewShape {
    /// A field of a view and its place; nil if it has none of that name.
    fileprivate func field(_ name: String) -> (place: Int, shape: ViewShape)? {
        guard case .record(let fields) = self, let place = fields.place(of: name) else {
            return nil
        }
        return (place, fields.shapes[place])
    }
}
