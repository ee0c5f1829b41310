import Testing

@testable import Snapshot

@Suite("TimelineIDs")
struct TimelineIDsTests {
    /// Ids as the servers make them, and their milliseconds since 1970.
    private static let known: [(TimelineIDs, String, Int64)] = [
        (.snowflake, "111268137700987282", 1_697_817_042_556),
        (.ulid, "01ARZ3NDEKTSV4RRFFQ69G5FAV", 1_469_922_850_259),
        (.flake, "9kCP7eRYBQvPfpnWhE", 1_561_450_031_897),
        (.lowerULID, "01arz3ndektsv4rrffq69g5fav", 1_469_922_850_259),
        (.uuid, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", 1_645_557_742_000),
        (.pixelfed, "744103084032004096", 1_727_164_800_000),
    ]

    @Test("an id holds its time, and is written as it was read", arguments: known)
    func times(ids: TimelineIDs, id: String, milliseconds: Int64) throws {
        let value = try #require(ids.value(of: id))
        #expect(ids.id(of: value) == id)
        #expect(ids.milliseconds(of: value) == milliseconds)
        let first = ids.first(at: milliseconds / 1000)
        #expect(first <= value && value < ids.first(at: milliseconds / 1000 + 1))
        #expect(ids.milliseconds(of: first) == milliseconds / 1000 * 1000)
        #expect(TimelineIDs(of: [(id, milliseconds * 1000 + 80_000_000_000)]) == ids)
    }

    @Test(
        "what is no id of the kind has no value",
        arguments: [
            (.snowflake, ""), (.snowflake, "12a"), (.snowflake, "-1"), (.snowflake, "１２"),
            (.snowflake, String(repeating: "9", count: 40)), (.ulid, "01ARZ3NDEKTSV4RRFFQ69G5FA"),
            (.ulid, "01ARZ3NDEKTSV4RRFFQ69G5FAL"), (.ulid, String(repeating: "Z", count: 26)),
            (.uuid, "017f22e279b07cc398c4dc0c0c07398f"),
            (.uuid, "017f22e2-79b0-7cc3-98c4-dc0c0c07398"),
            (.uuid, "017f22e2-79b0-7cc3-98c4-dc0c0c07398g"),
            (.lowerULID, "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
            (.flake, "a b"), (.flake, String(repeating: "z", count: 23)),
        ] as [(TimelineIDs, String)])
    func nonsense(ids: TimelineIDs, id: String) {
        #expect(ids.value(of: id) == nil)
    }

    @Test("the kind is found by posts that were new to their server; else there is none")
    func kinds() {
        let old: Int64 = 1_500_000_000_000_000
        #expect(
            TimelineIDs(of: [
                ("111268137700987282", old), ("111268137700987283", 1_697_817_042_000_000),
            ]) == .snowflake)
        #expect(TimelineIDs(of: [("111268137700987282", old)]) == nil)
        #expect(TimelineIDs(of: [("12345", 1_697_817_042_000_000)]) == nil)
        #expect(TimelineIDs(of: []) == nil)
    }

    @Test("numbers that count from another instant are learnt from the posts", arguments: [16, 22])
    func learnt(bits: Int) throws {
        let epoch: Int64 = 1_600_000_000_000
        let posts = (0..<20).map { number in
            let time = 1_795_370_000_000 + Int64(number) * 61_000
            // One in three was made long before.
            return (
                id: "\((time - epoch) << bits + 77)",
                microseconds: (time - (number % 3 == 0 ? 400_000_000 : 250)) * 1000
            )
        }
        let ids = try #require(TimelineIDs(of: posts))
        let value = try #require(ids.value(of: posts[1].id))
        #expect(abs(ids.milliseconds(of: value) - 1_795_370_061_000) < 1000)
        #expect(ids.id(of: value) == posts[1].id)
        // Ids that are but counted tell nothing where one post in three is out of order.
        #expect(
            TimelineIDs(of: posts.enumerated().map { ("\($0 + 7000)", $1.microseconds) }) == nil)
    }
}
