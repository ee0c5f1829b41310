import Calendar
import Tally

/// What is to be read of a slot, and what was read of it.
struct DueSpan {
    let slot: Slot
    /// Microseconds since 1970: all of the slot, or what a live window takes of it.
    let range: Range<Int64>
    /// Seconds that make the window whole.
    let meant: Int
    /// Other slots have ended since this one.
    let isLate: Bool
    var ledger: PostLedger
    /// Events with a time in the range, repeats too.
    var eventCount = 0
    var reconnects = 0
    /// Servers that were left, and why, for people.
    private var left: [String] = []
    var isEmpty: Bool { eventCount == 0 }

    init(
        _ slot: Slot, from start: Timestamp, to end: Timestamp, meant: Int, isLate: Bool,
        rules: CountingRules
    ) {
        self.slot = slot
        self.meant = meant
        self.isLate = isLate
        range = start.microseconds..<end.microseconds
        ledger = PostLedger(rules: rules)
    }

    mutating func leave(_ server: String) { if !left.contains(server) { left.append(server) } }

    /// The finished window of a stream that has come to `position`.
    ///
    /// - Parameters:
    ///   - stop: why reading ended before the span did; what is missing then counts as missing however
    ///     little it is.
    func closed(
        by source: String, at position: StreamPosition, keeping top: Int, stop: String? = nil
    ) throws -> ClosedWindow {
        try closed(
            by: source, lacking: gaps(at: position, isStopped: stop != nil), keeping: top,
            stop: stop)
    }

    /// The finished window of which these stretches were not read, in order.
    func closed(
        by source: String, lacking gaps: [Range<Int64>], keeping top: Int, stop: String? = nil
    ) throws -> ClosedWindow {
        let missing = gaps.reduce(0) { $0 + $1.length }
        let isMissing = isEmpty && missing == range.length
        let first = gaps.first.flatMap { $0.lowerBound == range.lowerBound ? $0.upperBound : nil }
        let last = gaps.last.flatMap { $0.upperBound == range.upperBound ? $0.lowerBound : nil }
        let read = Double(range.length - missing) / 1_000_000
        let start = Timestamp(
            microseconds: isMissing ? range.lowerBound : first ?? range.lowerBound)
        let end = Timestamp(microseconds: isMissing ? range.lowerBound : last ?? range.upperBound)
        var window = ClosedWindow(
            slot: slot, source: source, start: start, end: max(start, end), read: read,
            meant: Double(meant), isLate: isLate, tally: try ledger.tally(keeping: top),
            reconnects: reconnects,
            note: (left + (gaps.isEmpty ? [] : [stop].compactMap { $0 } + gaps.map(told)))
                .joined(separator: "; "))
        if isMissing { window.status = .missing }
        return window
    }

    /// Stretches of which nothing was read, in order.
    ///
    /// How long nothing may come without anything missing depends on how much comes else
    /// (`longestSilence`), as far as the stream was read.
    private func gaps(at position: StreamPosition, isStopped: Bool) -> [Range<Int64>] {
        let reached = min(max(position.time, range.lowerBound), range.upperBound)
        func isMissing(_ gap: Range<Int64>) -> Bool {
            let rest = reached - range.lowerBound - gap.clamped(to: range).length
            return gap.length > longestSilence(over: rest)
        }
        let tail = reached..<range.upperBound
        return (position.gaps.filter(isMissing) + (isStopped || isMissing(tail) ? [tail] : []))
            .map { $0.clamped(to: range) }.filter { !$0.isEmpty }
            .sorted { $0.lowerBound < $1.lowerBound }
    }

    /// In microseconds: half a minute, or fifty times the usual time between two events, of a stream of a handful.
    private func longestSilence(over length: Int64) -> Int64 {
        max(30_000_000, isEmpty ? 0 : 50 * max(0, length) / Int64(eventCount))
    }

    private func told(_ gap: Range<Int64>) -> String {
        let (from, to) = (
            Timestamp(microseconds: gap.lowerBound), Timestamp(microseconds: gap.upperBound)
        )
        if gap == range { return "nothing of it was to be had" }
        if gap.lowerBound == range.lowerBound {
            return "nothing was to be had before \(to.clock)"
        }
        if gap.upperBound == range.upperBound {
            return "nothing was to be had after \(from.clock)"
        }
        return "nothing was to be had from \(from.clock) to \(to.clock)"
    }
}

extension Range<Int64> {
    fileprivate var length: Int64 { upperBound - lowerBound }
}
