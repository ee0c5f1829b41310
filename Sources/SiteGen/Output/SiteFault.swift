/// Something wrong with a file of a staged site.
public struct SiteFault: Hashable, Sendable, CustomStringConvertible {
    /// Relative to the site's root.
    public var file: String
    public var reason: String

    public var description: String { "\(file): \(reason)" }
}
