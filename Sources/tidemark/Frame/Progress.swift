import Synchronization

/// The progress of one long piece of work: `Uploading  41 of 300  1.2 MB  310 kB/s`.
///
/// Free to call for every chunk: the line is drawn at most ten times a second, and never without
/// a terminal.
final class Progress: Sendable {
    private struct State {
        var drawn: ContinuousClock.Instant?
        var byteCount = 0
        var done = 0
    }

    private let console: Console
    private let work: String
    private let total: Int?
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// - Parameters:
    ///   - work: what is being done, such as `Uploading`.
    ///   - total: how many pieces there are; nil if nobody knows.
    init(_ work: String, of total: Int? = nil, on console: Console) {
        self.work = work
        self.total = total
        self.console = console
    }

    /// Adds pieces and bytes that are done.
    func advance(by count: Int = 0, byteCount: Int = 0) {
        guard console.isTerminal else { return }
        let now = ContinuousClock.now
        state.withLock { state in
            state.done += count
            state.byteCount += byteCount
            if let drawn = state.drawn, now - drawn < .milliseconds(100) { return }
            state.drawn = now
            console.progress(
                Self.line(
                    work, done: state.done, total: total, byteCount: state.byteCount,
                    elapsed: now - start))
        }
    }

    /// Takes the line away.
    func finish() { console.progress(nil) }

    static func line(
        _ work: String, done: Int, total: Int?, byteCount: Int, elapsed: Duration
    ) -> String {
        var parts = [work]
        if let total {
            parts.append("\(done) of \(total)")
        } else if done > 0 {
            parts.append("\(done)")
        }
        if byteCount > 0 {
            parts.append(bytes(byteCount))
            let seconds = elapsed / .seconds(1)
            if seconds >= 0.5 { parts.append(bytes(Int(Double(byteCount) / seconds)) + "/s") }
        }
        return parts.joined(separator: "  ")
    }

    /// `999 B`, `1.2 kB`, `310 kB`, `5.0 MB`: powers of 1000.
    static func bytes(_ count: Int) -> String {
        var amount = Double(count)
        var units = ["B", "kB", "MB", "GB", "TB"][...]
        while amount >= 999.5, units.count > 1 {
            amount /= 1000
            units.removeFirst()
        }
        let unit = units.first ?? ""
        if unit == "B" || amount >= 9.95 { return "\(Int(amount.rounded())) \(unit)" }
        let tenths = Int((amount * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}
