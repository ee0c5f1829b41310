/// One rendering of a compiled template: the bytes made so far, and the open sections.
struct TemplateRun {
    private(set) var bytes: [UInt8] = []
    private let program: TemplateProgram
    private let view: ViewTree
    /// The view of the page, and behind it one of each open section.
    private var stack: [ViewValue]

    /// The view's template with its values in it.
    init(_ program: TemplateProgram, of view: ViewTree) {
        (self.program, self.view) = (program, view)
        stack = [view.root]
        bytes.reserveCapacity(program.text.count + 2 * view.bytes.count)
        perform(program.steps.indices)
    }

    private mutating func perform(_ places: Range<Int>) {
        var place = places.lowerBound
        while place < places.upperBound {
            let step = program.steps[place]
            place += 1
            switch step {
            case .text(let range): append(program.text, range)
            case .value(let path, let type):
                guard case .text(let range) = value(path) else { break }
                view.bytes.withUnsafeBufferPointer {
                    MarkupEscaping.append(
                        UnsafeBufferPointer(rebasing: $0[range]), as: type, to: &bytes)
                }
            case .unescaped(let path):
                if case .text(let range) = value(path) { append(view.bytes, range) }
            case .section(let path, let count):
                let inner = place..<place + count
                place += count
                switch value(path) {
                case .flag(let isTrue): if isTrue { perform(inner) }
                case .list(let elements):
                    for element in elements { perform(inner, on: view.values[element]) }
                case .absent: break
                case let value: perform(inner, on: value)
                }
            case .inverted(let path, let count):
                let inner = place..<place + count
                place += count
                switch value(path) {
                case .flag(false), .absent: perform(inner)
                case .list(let elements): if elements.isEmpty { perform(inner) }
                default: break
                }
            }
        }
    }

    private mutating func perform(_ places: Range<Int>, on value: ViewValue) {
        stack.append(value)
        perform(places)
        stack.removeLast()
    }

    private mutating func append(_ text: [UInt8], _ range: Range<Int>) {
        text.withUnsafeBufferPointer {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
        }
    }

    private func value(_ path: ValuePath) -> ViewValue {
        var value = stack[path.depth]
        for place in path.fields {
            guard case .record(let first) = value else { break }
            value = view.values[first + program.fields[place]]
        }
        return value
    }
}
