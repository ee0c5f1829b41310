import Calendar
import Files
import Tally

/// The first and last times of a recording of which each slot is closed by itself, so that a slot has the start and end
/// that it would have beside the others.
///
/// The parts of the other slots stand in folders beside it; of the slot that was closed last a file tells.
public struct RecordedSpan {
    /// Nil if nothing tells a time.
    public private(set) var times: ClosedRange<Timestamp>?
    private let slot: Slot
    private let memory: String

    /// - Parameter part: the path of one part of the slot.
    public init(around slot: Slot, of source: String, beside part: String) {
        self.slot = slot
        let folder = FilePlace.folder(of: FilePlace.canonical(FilePlace.folder(of: part)))
        memory = "\(folder)/.\(source).span"
        // A part beside it that cannot be read is not what this slot waits for.
        let beside = ((try? Folder.entries(of: folder)) ?? []).filter { $0.kind == .folder }
            .flatMap { entry in
                ((try? Folder.entries(of: "\(folder)/\(entry.name)")) ?? [])
                    .filter { $0.name.hasSuffix(".part") && !$0.name.hasPrefix(".") }
                    .compactMap { try? PartFile("\(folder)/\(entry.name)/\($0.name)") }
            }
            .filter { $0.header.source == source }.compactMap(\.span)
        times = PartFolder.union(of: beside + [remembered].compactMap(\.self))
    }

    /// What the slot right before this one has left; an older one may lie before a break.
    private var remembered: ClosedRange<Timestamp>? {
        guard let bytes = try? WholeFile.readIfPresent(memory, limit: 1024) else { return nil }
        let times = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .compactMap { Timestamp(String($0)) }
        guard times.count == 3, times[0] == slot.start, times[1] <= times[2] else { return nil }
        return times[1]...times[2]
    }

    /// For the next slot, before the parts of this one go.
    public func keep() throws(FileError) {
        guard let times else { return }
        let line = "\(slot.end) \(times.lowerBound) \(times.upperBound)\n"
        try WholeFile.write(Array(line.utf8), to: memory, isPrivate: true)
    }
}
