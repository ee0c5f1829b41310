import Calendar
import Text

/// How the ids of a server's posts hold their time, so that a timeline can be entered at an instant.
///
/// An id is a number, written in some base, whose high bits are milliseconds since 1970 or another
/// instant, or which is only counted. Ids of later posts are greater.
struct TimelineIDs: Hashable, Sendable {
    private let digits: [UInt8]
    /// Bits of the number below the milliseconds.
    private let otherBits: Int
    /// Digits of every id; nil if leading zeros are left out.
    private let width: Int?
    /// From when the milliseconds are counted, in milliseconds since 1970.
    private var epoch: Int64 = 0
    /// Whether the digits stand in the groups of a UUID.
    private var isGrouped = false
    /// Whether the number holds no time, and is only greater the later it was given.
    private(set) var isCounted = false
    /// Of numbers that are only counted: when they were given. Nothing may be asked of their times before.
    var scale: IDScale?

    /// Mastodon and most of its kin (mastodon, lib/mastodon/snowflake.rb).
    static let snowflake = TimelineIDs("0123456789", otherBits: 16)
    /// GoToSocial: ULIDs (github.com/ulid/spec).
    static let ulid = TimelineIDs("0123456789ABCDEFGHJKMNPQRSTVWXYZ", otherBits: 80, width: 26)
    /// ULIDs as others of Mastodon's kin write them.
    static let lowerULID = TimelineIDs(
        "0123456789abcdefghjkmnpqrstvwxyz", otherBits: 80, width: 26)
    /// UUIDs of version 7 (RFC 9562 §5.7).
    static let uuid = {
        var ids = TimelineIDs("0123456789abcdef", otherBits: 80, width: 32)
        ids.isGrouped = true
        return ids
    }()
    /// Pixelfed's snowflakes, counted from 2019-02-10 (pixelfed, SnowflakeService).
    static let pixelfed = numbers(otherBits: 22, since: 1_549_756_800_000)

    /// Decimal numbers with milliseconds since `epoch`.
    private static func numbers(otherBits: Int, since epoch: Int64) -> TimelineIDs {
        var ids = TimelineIDs("0123456789", otherBits: otherBits)
        ids.epoch = epoch
        return ids
    }
    /// Pleroma and Akkoma: flake ids.
    static let flake = TimelineIDs(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", otherBits: 64)

    private init(_ digits: String, otherBits: Int, width: Int? = nil) {
        self.digits = Array(digits.utf8)
        self.otherBits = otherBits
        self.width = width
    }

    /// The kind of ids by which at least one of the posts has the time it says it has, give or take a
    /// day; else numbers that count milliseconds from an instant that the posts tell, or numbers that are
    /// only counted, which grow as the posts' times do; nil if there are none such.
    ///
    /// Posts may have been made long before their server learned of them, so not all have to fit.
    init?(of posts: some Sequence<(id: String, microseconds: Int64)>) {
        let day: Int64 = 86_400_000
        for kind in [Self.snowflake, .ulid, .flake, .pixelfed, .lowerULID, .uuid] {
            let fits = posts.contains { post in
                guard let value = kind.value(of: post.id) else { return false }
                let lag = kind.milliseconds(of: value) - post.microseconds / 1000
                return (-day...day).contains(lag)
            }
            if fits {
                self = kind
                return
            }
        }
        let posts = Array(posts)
        guard let found = Self.learnt(from: posts) ?? Self.counted(posts) else { return nil }
        self = found
    }

    /// Of fewer posts chance would tell as much as the order of their ids.
    static let fewest = 7

    /// Ids that three in four times grow with the time of their post. Friendica's are such, and of kin that
    /// write all ids with as many digits their order tells as well. Posts that came late fall out of order.
    private static func counted(_ posts: [(id: String, microseconds: Int64)]) -> TimelineIDs? {
        guard posts.count >= fewest, let width = posts.first?.id.utf8.count else { return nil }
        let lower = "0123456789abcdefghijklmnopqrstuvwxyz"
        let kinds = [
            TimelineIDs("0123456789", otherBits: 0),
            TimelineIDs(String(lower.prefix(16)), otherBits: 0, width: width),
            TimelineIDs(lower, otherBits: 0, width: width),
        ]
        for var kind in kinds {
            let placed = posts.compactMap { post in
                kind.value(of: post.id).map { ($0, post.microseconds) }
            }.sorted { $0.0 < $1.0 }
            guard placed.count == posts.count else { continue }
            let inOrder = zip(placed, placed.dropFirst()).count { $0.1 <= $1.1 }
            guard 4 * inOrder >= 3 * (placed.count - 1) else { return nil }
            kind.isCounted = true
            return kind
        }
        return nil
    }

    /// Numbers as Mastodon or Twitter build them, with another epoch: the one by which the posts' own times
    /// agree best. Small numbers, as of ids that are only counted, tell nothing.
    private static func learnt(from posts: [(id: String, microseconds: Int64)]) -> TimelineIDs? {
        let hour: Int64 = 3_600_000
        let candidates = [22, 16].compactMap { bits -> (spread: Int64, ids: TimelineIDs)? in
            let plain = numbers(otherBits: bits, since: 0)
            let epochs = posts.compactMap { post -> Int64? in
                guard let value = plain.value(of: post.id) else { return nil }
                let milliseconds = plain.milliseconds(of: value)
                return milliseconds > 1_000_000_000
                    ? post.microseconds / 1000 - milliseconds : nil
            }.sorted()
            guard epochs.count >= 4 else { return nil }
            // Half of the posts, those that were new to their server, are enough.
            let half = epochs.count / 2
            let spread = zip(epochs, epochs.dropFirst(half)).map { ($1 - $0, $1) }
                .min { $0.0 < $1.0 }
            return spread.map { ($0.0, numbers(otherBits: bits, since: $0.1)) }
        }
        return candidates.filter { $0.spread < hour }.min { $0.spread < $1.spread }?.ids
    }

    /// The number that an id writes; nil if it is none of this kind.
    func value(of id: String) -> UInt128? {
        var bytes = Array(id.utf8)
        if isGrouped {
            let groups = bytes.split(
                separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            guard groups.map(\.count) == Self.groups else { return nil }
            bytes = groups.flatMap { $0.map(\.asciiLowercased) }
        }
        guard !bytes.isEmpty, width.map({ $0 == bytes.count }) ?? true else { return nil }
        var value: UInt128 = 0
        for byte in bytes {
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            let (high, isTooLong) = value.multipliedReportingOverflow(by: UInt128(digits.count))
            let (sum, isTooHigh) = high.addingReportingOverflow(UInt128(digit))
            guard !isTooLong, !isTooHigh else { return nil }
            value = sum
        }
        return value
    }

    /// The id that writes a number.
    func id(of value: UInt128) -> String {
        var reversed: [UInt8] = []
        var rest = value
        let base = UInt128(digits.count)
        while rest > 0 || reversed.isEmpty || reversed.count < width ?? 0 {
            reversed.append(digits[Int(rest % base)])
            rest /= base
        }
        guard isGrouped else { return String(decoding: reversed.reversed(), as: UTF8.self) }
        var digits = reversed.reversed()[...]
        return Self.groups.map { count in
            defer { digits = digits.dropFirst(count) }
            return String(decoding: digits.prefix(count), as: UTF8.self)
        }.joined(separator: "-")
    }

    /// Digits of the groups of a UUID.
    private static let groups = [8, 4, 4, 4, 12]

    /// The time in a number, in milliseconds since 1970.
    func milliseconds(of value: UInt128) -> Int64 {
        if let scale { return scale.milliseconds(of: value) }
        let (sum, isTooLate) = Int64(clamping: value >> otherBits)
            .addingReportingOverflow(epoch)
        return isTooLate ? .max : sum
    }

    /// The second that a number's time is in.
    func second(of value: UInt128) -> Timestamp {
        Timestamp(secondsSinceEpoch: milliseconds(of: value) / 1000)
    }

    /// How many numbers a second has.
    var perSecond: UInt128 { scale?.perSecond ?? 1000 << otherBits }

    /// The least number of posts at or after an instant in seconds since 1970.
    func first(at seconds: Int64) -> UInt128 {
        scale?.first(at: seconds) ?? UInt128(clamping: seconds * 1000 - epoch) << otherBits
    }
}
