import Calendar
import Folding

/// This edition of the program.
enum Release {
    /// Goes into the archive with every window.
    static let version = "0.1.0"
    /// What `--version` prints: programs of one name count alike.
    static let name = "\(version) (Unicode \(UnicodeTables.version))"
    /// No clock that is right shows an earlier time: 2026-11-01.
    static let date = Timestamp(secondsSinceEpoch: 1_793_491_200)
}
