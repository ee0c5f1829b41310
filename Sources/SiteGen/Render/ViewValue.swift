/// A view taken apart for rendering: its fields by place, in the order of their declarations.
enum ViewValue: Sendable {
    case text(String)
    case bytes([UInt8])
    case flag(Bool)
    case list([ViewValue])
    case record([ViewValue])
    /// An optional that is nil.
    case absent
}

extension ViewValue {
    /// The value at the end of the path of fields.
    func at(_ fields: ArraySlice<Int>) -> ViewValue {
        guard let field = fields.first, case .record(let values) = self else { return self }
        return values[field].at(fields.dropFirst())
    }
}
