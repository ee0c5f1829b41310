/// Why something is done to an object.
public enum Reason: String, Sendable {
    case new
    case content = "changed content"
    case headers = "changed headers"
    /// A run died while it wrote the object, or nothing says what it is.
    case unknown = "unknown content"
    /// It is as it should be, and was asked for all the same.
    case forced
    case removed = "no longer in the site"
    /// No publish put it there.
    case foreign = "not of the site"
}
