import Calendar
import Files
import Glibc

/// The time zone that cron goes by: `TZ`, else the machine's.
struct MachineZone: Sendable {
    /// `Europe/Berlin`, or what `TZ` says.
    let name: String
    /// How far its time is ahead of UTC in the year to come, in seconds: two where there is summer time.
    let offsets: Set<Int>

    init(_ environment: [String: String], from now: Timestamp) {
        name = environment["TZ"].flatMap { $0.isEmpty ? nil : $0 } ?? Self.ofMachine
        tzset()
        // Clocks change on a day, and for weeks.
        offsets = Set((0...366).map { Self.offset(at: now + $0 * 86_400) })
    }

    /// Seconds ahead of UTC, as the C library has it.
    private static func offset(at time: Timestamp) -> Int {
        var (seconds, fields) = (time_t(time.secondsSinceEpoch), tm())
        localtime_r(&seconds, &fields)
        return fields.tm_gmtoff
    }

    private static var ofMachine: String {
        let folder = "/zoneinfo/"
        guard let file = try? FilePlace.resolved("/etc/localtime"),
            let range = file.firstRange(of: folder)
        else { return "UTC" }
        return String(file[range.upperBound...])
    }
}
