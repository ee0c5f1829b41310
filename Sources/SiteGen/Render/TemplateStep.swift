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
