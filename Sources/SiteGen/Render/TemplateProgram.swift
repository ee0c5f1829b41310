/// A compiled template: its steps one after the other, those of a section behind the step that opens it.
struct TemplateProgram: Sendable {
    private(set) var steps: [TemplateStep] = []
    /// All that is not a value.
    private(set) var text: [UInt8] = []
    /// Places in views, in the order of their declarations.
    private(set) var fields: [Int] = []

    mutating func append(text: [UInt8]) {
        let start = self.text.count
        self.text += text
        steps.append(.text(start..<self.text.count))
    }

    mutating func append(_ step: TemplateStep) { steps.append(step) }

    /// Makes a section of the steps from a place on.
    mutating func close(from place: Int, as section: (_ count: Int) -> TemplateStep) {
        steps.insert(section(steps.count - place), at: place)
    }

    /// - Parameter fields: the places in the views, from the open section's on; none for its view itself.
    mutating func path(_ fields: [Int], from depth: Int) -> ValuePath {
        let start = self.fields.count
        self.fields += fields
        return ValuePath(depth: depth, fields: start..<self.fields.count)
    }
}

/// A step of a compiled template: what is appended to a page, or looked at to decide what is.
enum TemplateStep: Sendable {
    /// Where the text is among the template's.
    case text(Range<Int>)
    /// A value, escaped for the markup it stands in.
    case value(ValuePath, ScalarContentType)
    /// A value as it is.
    case unescaped(ValuePath)
    /// The next `count` steps for a flag that is true, a value that is there, or each element of a list.
    case section(ValuePath, count: Int)
    /// The next `count` steps for a flag that is false, a value that is absent, or an empty list.
    case inverted(ValuePath, count: Int)
}

/// Where a value is found: a view on the stack of open sections, and the fields from there on.
struct ValuePath: Sendable {
    /// From 0, the view of the page.
    let depth: Int
    /// Where their places are among the program's.
    let fields: Range<Int>
}
