/// One rendering of a compiled template: the bytes made so far, and the open sections.
struct TemplateRun {
    private(set) var bytes: [UInt8] = []
    /// The view of the page, and behind it one of each open section.
    private var stack: [ViewValue]

    init(_ view: ViewValue, expecting byteCount: Int) {
        stack = [view]
        bytes.reserveCapacity(byteCount)
    }

    mutating func perform(_ steps: [TemplateStep]) {
        for step in steps {
            switch step {
            case .text(let text): bytes += text
            case .value(let path, let type):
                if case .text(let text) = value(path) {
                    MarkupEscaping.append(text, as: type, to: &bytes)
                }
            case .unescaped(let path):
                switch value(path) {
                case .text(let text): bytes += text.utf8
                case .bytes(let markup): bytes += markup
                default: break
                }
            case .section(let path, let steps):
                switch value(path) {
                case .flag(let isTrue): if isTrue { perform(steps) }
                case .list(let elements): for element in elements { perform(steps, on: element) }
                case .absent: break
                case let value: perform(steps, on: value)
                }
            case .inverted(let path, let steps):
                switch value(path) {
                case .flag(false), .absent: perform(steps)
                case .list(let elements): if elements.isEmpty { perform(steps) }
                default: break
                }
            }
        }
    }

    private mutating func perform(_ steps: [TemplateStep], on value: ViewValue) {
        stack.append(value)
        perform(steps)
        stack.removeLast()
    }

    private func value(_ path: ValuePath) -> ViewValue { stack[path.depth].at(path.fields) }
}

/// A step of a compiled template: what is appended to a page, or looked at to decide what is.
enum TemplateStep: Hashable, Sendable {
    case text([UInt8])
    /// A value, escaped for the markup it stands in.
    case value(ValuePath, ScalarContentType)
    /// A value as it is.
    case unescaped(ValuePath)
    /// Steps for a flag that is true, a value that is there, or each element of a list.
    case section(ValuePath, [TemplateStep])
    /// Steps for a flag that is false, a value that is absent, or an empty list.
    case inverted(ValuePath, [TemplateStep])
}

/// Where a value is found: a view on the stack of open sections, and the fields from there on.
struct ValuePath: Hashable, Sendable {
    /// From 0, the view of the page.
    var depth: Int
    /// Places in the views, in the order of their declarations; none for the view itself.
    var fields: [Int]
}
