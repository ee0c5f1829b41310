import Calendar
import Files

/// What a slot's window is made of, as the publisher wrote it down that began to close the slot: if it was killed, another one
/// archives the same row, whatever parts have come meanwhile.
///
/// A file, `20261122T18Z.closing`: a line of the first and last times of the recording, empty if nothing tells any, and a line
/// for each part.
public struct SlotClosing: Equatable, Sendable {
    static let ending = ".closing"

    /// As `RecordedSpan` has them.
    let span: ClosedRange<Timestamp>?
    /// The names of the files.
    let parts: Set<String>

    init(from paths: [String], among span: ClosedRange<Timestamp>?) {
        self.span = span
        parts = Set(paths.map(FilePlace.name))
    }

    /// What is written down of a slot; nil if nothing is.
    init?(of slot: Slot, in folder: String) throws(FileError) {
        let path = "\(folder)/\(PartMap.name(of: slot))\(Self.ending)"
        guard let bytes = try WholeFile.readIfPresent(path) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let times = lines[0].split(separator: " ").compactMap { Timestamp(String($0)) }
        span = times.count == 2 && times[0] <= times[1] ? times[0]...times[1] : nil
        parts = Set(lines.dropFirst())
    }

    var bytes: [UInt8] {
        let times = span.map { "\($0.lowerBound) \($0.upperBound)" } ?? ""
        return Array(([times] + parts.sorted()).joined(separator: "\n").utf8)
    }

    /// Those of the paths that it names.
    func paths(among paths: [String]) -> [String] {
        paths.filter { parts.contains(FilePlace.name(of: $0)) }
    }
}
