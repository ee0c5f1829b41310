import ArgumentParser
import Calendar
import Snapshot

/// Which slot a snapshot reads.
struct SlotOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The one slot to read, by its start, such as 2026-11-22T18:00:00Z.", valueName: "time"))
    var slot: Timestamp?

    @Flag(help: "Read the slot again though it is archived, and put the new window in its place.")
    var replace = false

    @Flag(help: "Replace it also where the new window has less: coverage, or posts.")
    var force = false

    func validate() throws {
        if replace && slot == nil { throw ValidationError("--replace needs --slot") }
        if force && !replace { throw ValidationError("--force needs --replace") }
    }

    func choice(of schedule: Schedule) throws -> SnapshotRun.Choice {
        try SnapshotRun.Choice(slot: slot(of: schedule), replaces: replace, isForced: force)
    }

    private func slot(of schedule: Schedule) throws -> Slot? {
        guard let start = slot else { return nil }
        guard let slot = schedule.slot(startingAt: start) else {
            throw UsageError(
                sentence:
                    "--slot: no slot starts at \(start); the first of a day starts at midnight "
                    + "UTC, and each lasts \(schedule.hours(at: start)) h")
        }
        return slot
    }
}
