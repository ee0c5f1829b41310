/// A mistake in a template, where it is, and what would be right.
public struct TemplateFault: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// From 1.
    public var line: Int
    public var reason: String

    public var description: String { "\(file):\(line): \(reason)" }
}
