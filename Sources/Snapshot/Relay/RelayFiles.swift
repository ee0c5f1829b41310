import Calendar
import Files
import Synchronization

/// Records as files, one for each slot, by their posts' times: `20261122T00Z.ndjson` in a folder.
///
/// Those that came twice stand there twice: counting takes them for one.
public final class RelayFiles: RelayTarget {
    private struct State {
        var unwritten: [Slot: [UInt8]] = [:]
        var byteCount = 0
        var marks = 0
    }

    private let folder: String
    private let schedule: Schedule
    private let state = Mutex(State())
    /// Bytes that wait in memory at most.
    private static let most = 4 << 20

    public init(folder: String, schedule: Schedule) {
        (self.folder, self.schedule) = (folder, schedule)
    }

    public func write(_ record: RelayedRecord, isStopped: () -> Bool) throws {
        let seconds = record.time / 1000
        guard Timestamp.writable.contains(seconds) else { return }
        let slot = schedule.slot(containing: Timestamp(secondsSinceEpoch: seconds))
        try state.withLock { state in
            state.unwritten[slot, default: []] += record.text
            state.unwritten[slot]?.append(UInt8(ascii: "\n"))
            state.byteCount += record.text.count + 1
            if state.byteCount > Self.most { try put(&state) }
        }
    }

    public func mark() throws -> Int {
        try state.withLock { state in
            try put(&state)
            state.marks += 1
            return state.marks
        }
    }

    public func settled() -> Int? { state.withLock { $0.marks > 0 ? $0.marks : nil } }

    /// Appends to the files what is not there yet, and waits until the disk has it.
    private func put(_ state: inout State) throws(FileError) {
        for (slot, bytes) in state.unwritten.sorted(by: { $0.key < $1.key }) {
            try WholeFile.append(
                bytes, to: FilePlace.joined(folder, PartMap.name(of: slot) + ".ndjson"))
            state.byteCount -= bytes.count
            state.unwritten[slot] = nil
        }
    }
}
