/// This edition of the program.
enum Release {
    /// Goes into the archive with every window.
    static let version = "0.1.0"
}
