/// Why something is done to an object.
public enum Reason: String, Sendable {
    case new
    case content = "changed content"
    case headers = "changed headers"
    /// A run died while it wrote the object, or no manifest says what it is.
    case unknown = "unknown content"
    case removed = "no longer in the site"
}
