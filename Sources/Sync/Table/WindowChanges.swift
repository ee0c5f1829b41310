import AWS
import Archive
import Calendar

/// What is to be written of windows, until it is.
struct WindowChanges {
    /// Of one window: its row, without which nothing else counts, and what goes before it.
    struct Window {
        var lists: [TableChange] = []
        var rows: [TableChange] = []

        /// What is made or left as a whole, in order.
        var transactions: [[TableChange]] {
            let whole = TableClient.transactions(of: lists + rows)
            return whole.count < 2
                ? whole : TableClient.transactions(of: lists) + TableClient.transactions(of: rows)
        }
    }

    private var windows: [WindowKey?: Window] = [:]
    /// Of what was added since something was taken.
    private(set) var byteCount = 0

    /// - Parameter key: nil for what is of no window.
    mutating func add(_ changes: [TableChange], of key: WindowKey?, areRows: Bool) {
        byteCount += changes.reduce(0) { $0 + $1.byteCount }
        if areRows {
            windows[key, default: Window()].rows += changes
        } else {
            windows[key, default: Window()].lists += changes
        }
    }

    /// Takes out what is of no window, and the windows of slots that start before the time, the oldest first.
    ///
    /// - Parameter end: nil for all.
    mutating func take(before end: Timestamp?) -> [(key: WindowKey?, window: Window)] {
        func isTaken(_ key: WindowKey?) -> Bool {
            guard let key, let end else { return true }
            return key.slot < end
        }
        let taken = windows.filter { isTaken($0.key) }
        windows = windows.filter { !isTaken($0.key) }
        byteCount = 0
        return taken.map { (key: $0.key, window: $0.value) }.sorted { left, right in
            (left.key?.slot.secondsSinceEpoch ?? .min, left.key?.source ?? "")
                < (right.key?.slot.secondsSinceEpoch ?? .min, right.key?.source ?? "")
        }
    }
}
