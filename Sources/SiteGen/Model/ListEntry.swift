import Archive
import Calendar
import Text

/// One line of a published list and how it moved; nil in the first list of a source.
struct ListEntry: Sendable {
    let row: TopRow
    let movement: Movement?
    /// Lists in a row that it is in, this one included; gaps are skipped.
    let streak: Int
    /// The list before this one that it was in; nil if it never was.
    let before: Timestamp?

    var key: ExactText { ExactText(row.tag) }
}

/// What became of a hashtag, or of a story, since the window before it, told from the archive alone.
///
/// The window before is the latest earlier one of the same source that was read; gaps are skipped.
enum Movement: Hashable, Sendable {
    /// Never in a list of this source before.
    case new
    /// In an earlier list, but not in the last one.
    case back
    case up(Int)
    case down(Int)
    case same
    /// In the last list too, of which the place says nothing.
    case stays

    /// The word for it and the name of its style.
    var word: String {
        switch self {
        case .new: "new"
        case .back: "back"
        case .up: "up"
        case .down: "down"
        case .same: "same"
        case .stays: "stays"
        }
    }

    /// How many places; nil where places say nothing.
    var places: Int? {
        switch self {
        case .up(let places), .down(let places): places
        case .new, .back, .same, .stays: nil
        }
    }

    /// A mark beside the word; never the only sign.
    var mark: String {
        switch self {
        case .new: "●"
        case .back: "↺"
        case .up: "▲"
        case .down: "▼"
        case .same: "="
        case .stays: "→"
        }
    }
}
