import Calendar
import Text

/// When runs have to begin, by the configuration: at these minutes of every hour.
///
/// Hours are not named, as slots are UTC and most crons go by a local time that jumps twice a year; and since a run
/// that has nothing to do costs a request at most, one that failed is made up for within the hour.
struct RunTimes: Hashable, Sendable {
    /// Of the hour in UTC, in order.
    let minutes: [Int]
    /// Why these, for people.
    let reasons: [String]

    /// What a run may need, after its window is over, to build and to publish.
    private static let afterwards = 600
    /// Each of a clock's quarters is one in every time zone there is.
    private static let quarters = [0, 15, 30, 45]

    init(_ settings: Settings) {
        let window = settings.window
        let live = settings.sources.filter { $0.kind.reading(in: window.mode) == .live }
        let settles = settings.sources.compactMap { source in
            if case .slots(let settle) = source.kind.reading(in: window.mode) {
                settle
            } else {
                nil
            }
        }
        let length = Int(window.length.components.seconds)
        let starts = stride(from: 0, to: 24, by: window.schedule.hours)
            .map { "\(padded($0, 2)):00" }.joined(separator: ", ")
        var reasons: [String] = []
        if !live.isEmpty {
            reasons.append(
                "\(live.listed) \(live.count == 1 ? "is" : "are") read live, for "
                    + "\(words(length)) from the beginning of a window: \(starts) UTC.")
        }
        let delay = settles.max().map { ($0 + 59) / 60 } ?? 0
        if live.isEmpty {
            minutes = [delay % 60]
        } else if length > window.schedule.seconds - Self.afterwards {
            minutes = Array(0..<60)
            reasons.append(
                "A run reads until the next window begins, and then has to build and publish: every minute one is "
                    + "tried, and the next window begins when it is done. A window.length ten minutes below "
                    + "window.every would lose nothing.")
        } else {
            minutes = settles.isEmpty ? [0] : Self.quarters
        }
        if delay > 0 {
            reasons.append(
                "Whole windows are read "
                    + (live.isEmpty
                        ? "\(words(delay * 60)) after they end"
                        : "within a quarter of an hour after they end, or after a live one that is being read")
                    + ", and those of a run that failed with the next.")
        }
        self.reasons = reasons
    }

    /// The minutes of a local hour, where the local time is ahead of UTC by these seconds in turn.
    func minutes(offsets: Set<Int>) -> [Int] {
        Set(
            offsets.flatMap { offset in
                minutes.map { (($0 * 60 + offset) / 60 % 60 + 60) % 60 }
            }
        ).sorted()
    }

    /// `0,15,30,45`, or `*` for all.
    static func text(_ minutes: [Int], width: Int = 1) -> String {
        minutes.count == 60
            ? "*" : minutes.map { padded($0, width) }.joined(separator: ",")
    }
}

/// `50 minutes`, `6 hours`, `90 seconds`.
private func words(_ seconds: Int) -> String {
    func some(_ count: Int, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
    if seconds % 3600 == 0 { return some(seconds / 3600, "hour") }
    return seconds % 60 == 0 ? some(seconds / 60, "minute") : some(seconds, "second")
}

extension [Settings.Source] {
    fileprivate var listed: String { map(\.name).joined(separator: ", ") }
}
