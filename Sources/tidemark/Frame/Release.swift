import Calendar

/// This edition of the program.
enum Release {
    /// Goes into the archive with every window.
    static let version = "0.1.0"
    /// No clock that is right shows an earlier time: 2026-11-01.
    static let date = Timestamp(secondsSinceEpoch: 1_793_491_200)
}
