import Calendar
import Support

@testable import Snapshot

/// Made-up statuses of a server, with ids of its kind.
struct MadeUpStatuses {
    var ids = TimelineIDs.snowflake
    /// The domain that local accounts have.
    var domain = "localhost"

    static let end = Timestamp(secondsSinceEpoch: 1_795_370_400)

    /// One status as a line of JSON.
    ///
    /// - Parameters:
    ///   - milliseconds: its time since 1970.
    ///   - uri: what it is known by everywhere; one of its own without.
    func line(
        at milliseconds: Int64, number: Int = 0, account: String = "ann", tag: String = "tide",
        uri: String? = nil, edited: String? = nil, isHidden: Bool = false
    ) -> String {
        let id = ids.id(of: ids.first(at: 0) + value(milliseconds) + UInt128(number))
        let second = Timestamp(secondsSinceEpoch: milliseconds / 1000)
        let time = "\("\(second)".dropLast()).\(String(milliseconds % 1000 + 1000).dropFirst())Z"
        return
            #"{"id":"\#(id)","uri":"\#(uri ?? "https://\(domain)/\(id)")","created_at":"\#(time)","#
            + (edited.map { #""edited_at":"\#($0)","# } ?? "")
            + (isHidden ? #""hidden":true,"# : "")
            + #""content":"","tags":[{"name":"\#(tag)"}],"account":{"id":"\#(account.utf8.count)","#
            + #""acct":"\#(account)","bot":false}}"#
    }

    private func value(_ milliseconds: Int64) -> UInt128 {
        // From whole seconds to milliseconds, whatever bits stand below.
        let second = ids.first(at: milliseconds / 1000)
        let unit = (ids.first(at: 1) - ids.first(at: 0)) / 1000
        return second + UInt128(milliseconds % 1000) * unit
    }

    /// Posts that go back from the end of the slot at 12:00, `spacing` seconds apart: tags and accounts
    /// in turns.
    ///
    /// - Parameter hidden: the posts that a server hides, by their place.
    func recording(
        count: Int, spacing: Int, hidden: (Int) -> Bool = { _ in false }
    ) -> String {
        (0..<count).map { index in
            line(
                at: (Self.end.secondsSinceEpoch - 1 - Int64(index * spacing)) * 1000
                    + Int64(index % 1000),
                number: index, account: "account\(index % 23)", tag: "tag\(index % 7)",
                isHidden: hidden(index))
        }.joined(separator: "\n") + "\n"
    }
}
