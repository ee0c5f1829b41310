/// The apostrophe that keeps spreadsheets from running a cell as a formula.
///
/// Cells of apostrophes followed by one of `= + - @ TAB CR` get one more, and lose one when read, so
/// that every text comes back as it was.
enum FormulaGuard {
    static let apostrophe = UInt8(ascii: "'")

    static func applies(to cell: some Sequence<UInt8>) -> Bool {
        guard let first = cell.first(where: { $0 != apostrophe }) else { return false }
        return switch first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
            true
        default: false
        }
    }

    static func removed(from cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        cell.first == apostrophe && applies(to: cell) ? cell.dropFirst() : cell
    }
}
