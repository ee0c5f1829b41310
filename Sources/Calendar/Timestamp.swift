import Glibc
import Text

/// An instant in whole seconds since 1970-01-01T00:00:00Z.
///
/// Its text is the archive's: always UTC, `2026-11-22T18:00:00Z`; years run from 0001 to 9999.
public struct Timestamp: Hashable, Comparable, Sendable {
    public var secondsSinceEpoch: Int64

    public init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// The seconds since 1970 that the text form can express.
    public static let writable: Range<Int64> = -62_135_596_800..<253_402_300_800

    /// A date and a time of that day in seconds after midnight UTC.
    public init(_ date: CivilDate, secondOfDay: Int = 0) {
        secondsSinceEpoch = Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay)
    }

    /// Microseconds since 1970, rounded down.
    public init(microseconds: Int64) {
        self.init(secondsSinceEpoch: floorDivide(microseconds, 1_000_000))
    }

    /// The system's clock.
    public static func now() -> Timestamp {
        Timestamp(secondsSinceEpoch: Int64(time(nil)))
    }

    /// The UTC day this instant is in.
    public var date: CivilDate {
        CivilDate(daysSinceEpoch: Int(floorDivide(secondsSinceEpoch, 86_400)))
    }

    /// Seconds after midnight UTC, 0 to 86399.
    public var secondOfDay: Int {
        Int(secondsSinceEpoch - floorDivide(secondsSinceEpoch, 86_400) * 86_400)
    }

    /// The UTC hour, 0 to 23.
    public var hour: Int { secondOfDay / 3600 }

    /// The UTC minute of the hour, 0 to 59.
    public var minute: Int { secondOfDay / 60 % 60 }

    /// The UTC second of the minute, 0 to 59.
    public var second: Int { secondOfDay % 60 }

    /// Microseconds since 1970; of an instant that can be written.
    public var microseconds: Int64 { secondsSinceEpoch * 1_000_000 }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }

    public static func + (time: Timestamp, seconds: Int) -> Timestamp {
        Timestamp(secondsSinceEpoch: time.secondsSinceEpoch + Int64(seconds))
    }

    public static func - (time: Timestamp, seconds: Int) -> Timestamp {
        time + -seconds
    }

    /// The seconds from `earlier` to this instant.
    public func seconds(since earlier: Timestamp) -> Int {
        Int(secondsSinceEpoch - earlier.secondsSinceEpoch)
    }
}

extension Timestamp: CustomStringConvertible {
    public var description: String { "\(date)T\(clock)Z" }

    /// `18:20:05`
    public var clock: String { "\(hourAndMinute):\(padded(second, 2))" }

    /// `18:20`
    public var hourAndMinute: String { "\(padded(hour, 2)):\(padded(minute, 2))" }
}
