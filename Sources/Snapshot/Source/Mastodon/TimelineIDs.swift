import Calendar

/// How the ids of a server's posts hold their time, so that a timeline can be entered at an instant.
///
/// An id is a number, written in some base, whose high bits are milliseconds since 1970. Ids of later
/// posts are greater.
struct TimelineIDs: Hashable, Sendable {
    private let digits: [UInt8]
    /// Bits of the number below the milliseconds.
    private let otherBits: Int
    /// Digits of every id; nil if leading zeros are left out.
    private let width: Int?

    /// Mastodon and most of its kin (mastodon, lib/mastodon/snowflake.rb).
    static let snowflake = TimelineIDs("0123456789", otherBits: 16)
    /// GoToSocial: ULIDs (github.com/ulid/spec).
    static let ulid = TimelineIDs("0123456789ABCDEFGHJKMNPQRSTVWXYZ", otherBits: 80, width: 26)
    /// Pleroma and Akkoma: flake ids.
    static let flake = TimelineIDs(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", otherBits: 64)

    private init(_ digits: String, otherBits: Int, width: Int? = nil) {
        self.digits = Array(digits.utf8)
        self.otherBits = otherBits
        self.width = width
    }

    /// The kind of ids by which at least one of the posts has the time it says it has, give or take a
    /// day; nil if there is none.
    ///
    /// Posts may have been made long before their server learned of them, so not all have to fit.
    init?(of posts: some Sequence<(id: String, microseconds: Int64)>) {
        let day: Int64 = 86_400_000
        for kind in [Self.snowflake, .ulid, .flake] {
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
        return nil
    }

    /// The number that an id writes; nil if it is none of this kind.
    func value(of id: String) -> UInt128? {
        guard !id.isEmpty, width.map({ $0 == id.utf8.count }) ?? true else { return nil }
        var value: UInt128 = 0
        for byte in id.utf8 {
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
        return String(decoding: reversed.reversed(), as: UTF8.self)
    }

    /// The time in a number, in milliseconds since 1970.
    func milliseconds(of value: UInt128) -> Int64 { Int64(clamping: value >> otherBits) }

    /// The second that a number's time is in.
    func second(of value: UInt128) -> Timestamp {
        Timestamp(secondsSinceEpoch: milliseconds(of: value) / 1000)
    }

    /// The least number of posts at or after an instant in seconds since 1970.
    func first(at seconds: Int64) -> UInt128 {
        UInt128(clamping: seconds) * 1000 << otherBits
    }
}
