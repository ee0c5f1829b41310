import Calendar
import Files
import Tally

/// The first and last times of a recording whose slots are closed one after the other, so that a slot has the start and end
/// that it would have beside all others.
///
/// The parts of the other slots stand in folders beside it; of those that were closed a file tells, `.SOURCE.span`.
public struct RecordedSpan {
    /// Nil if nothing tells a time.
    public let times: ClosedRange<Timestamp>?
    private let slot: Slot
    private let path: String
    private let closed: Closed?

    /// Of slots that are gone: the end of the last of them, and what was known when they were closed.
    private struct Closed {
        let end: Timestamp
        let times: ClosedRange<Timestamp>

        /// Nil if there are none.
        init?(_ path: String) {
            guard let bytes = try? WholeFile.readIfPresent(path, limit: 1024) else { return nil }
            let times = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
                .compactMap { Timestamp(String($0)) }
            guard times.count == 3, times[1] <= times[2] else { return nil }
            (end, self.times) = (times[0], times[1]...times[2])
        }

        /// Whether they are of the same recording: one of them lies right before the slot, or is the slot, or something of
        /// the slot was known when they were closed. What lies further back may lie before a break.
        func goesOn(in slot: Slot, _ times: ClosedRange<Timestamp>?) -> Bool {
            end == slot.start || end == slot.end || times?.overlaps(self.times) ?? false
        }
    }

    /// - Parameter part: the path of one part of the slot.
    public init(around slot: Slot, of source: String, beside part: String) throws(FileError) {
        let folder = FilePlace.folder(of: FilePlace.canonical(FilePlace.folder(of: part)))
        let beside = try PartFolder.parts(below: folder).filter { $0.header.source == source }
        self.init(around: slot, of: source, in: folder, among: beside.compactMap(\.span))
    }

    /// - Parameters:
    ///   - folder: has the slots' folders.
    ///   - spans: what the parts of all slots tell that are there.
    init(
        around slot: Slot, of source: String, in folder: String,
        among spans: [ClosedRange<Timestamp>]
    ) {
        self.slot = slot
        path = "\(folder)/.\(source).span"
        let there = PartFolder.union(of: spans)
        closed = Closed(path)
        let before = closed.flatMap { $0.goesOn(in: slot, there) ? $0.times : nil }
        times = PartFolder.union(of: spans + [before].compactMap(\.self))
    }

    /// For the slots that are closed later, before the parts of this one go.
    public func keep() throws(FileError) {
        guard let times else { return }
        var end = slot.end
        if let closed, closed.end > end {
            // It is closed late, or again.
            guard closed.times.overlaps(times) else { return }
            end = closed.end
        }
        let line = "\(end) \(times.lowerBound) \(times.upperBound)\n"
        try WholeFile.write(Array(line.utf8), to: path, isPrivate: true)
    }
}
