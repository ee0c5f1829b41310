import Testing

@testable import Decode

@Suite("PlatformTime")
struct PlatformTimeTests {
    @Test(
        "reads RFC 3339 to the microsecond",
        arguments: [
            ("2026-11-22T18:00:00Z", 1_795_370_400_000_000),
            ("2026-11-22T18:00:00z", 1_795_370_400_000_000),
            ("2026-11-22T18:00:00.5Z", 1_795_370_400_500_000),
            ("2026-11-22T18:00:00.1234567Z", 1_795_370_400_123_456),
            ("2026-11-22T18:00:00+00:00", 1_795_370_400_000_000),
            ("2026-11-22T19:30:00+01:30", 1_795_370_400_000_000),
            ("2026-11-22T10:00:00.000-08:00", 1_795_370_400_000_000),
            ("1970-01-01T00:00:00.000001Z", 1),
            ("2026-11-22T18:00:00.1234567890123456789Z", 1_795_370_400_123_456),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
        ] as [(String, Int64)])
    func rfc3339(text: String, microseconds: Int64) {
        #expect(withJSONText(text, PlatformTime.rfc3339) == microseconds)
    }

    @Test(
        "takes nothing else for RFC 3339",
        arguments: [
            "", "Z", "2026-11-22", "2026-11-22T18:00:00", "2026-11-22T18:00:00.Z",
            "2026-11-22T18:00:00.5", "2026-11-22 18:00:00Z",
            "2026-11-22T18:00:00+0100", "2026-11-22T18:00:00+24:00", "2026-11-22T18:00:00+00:60",
            "2026-11-22T18:00:00+-1:00",
            "2026-11-22T18:00:00ZZ", "2026-11-22T18:00:00+00:00:00", "2026-02-29T18:00:00Z",
            "0000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z", "2026-11-22T24:00:00Z", "２026-11-22T18:00:00Z",
            "2026-11-22T18:00:0\u{0}Z", "2026-11-22T18:00:00é",
            "2026-11-22T18:00:00.123456789012345678901234567890Z",
        ])
    func notRFC3339(text: String) {
        #expect(withJSONText(text, PlatformTime.rfc3339) == nil)
    }

    @Test("reads Twitter's own form")
    func twitter() {
        let seconds: Int64 = 1_539_202_764
        #expect(
            withJSONText("Wed Oct 10 20:19:24 +0000 2018", PlatformTime.twitter) == seconds
                * 1_000_000)
        #expect(withJSONText("Thu Jan 01 00:00:01 +0000 1970", PlatformTime.twitter) == 1_000_000)
    }

    @Test(
        "takes nothing else for Twitter's form",
        arguments: [
            "", " ", "Wed Oct 10 20:19:24 2018", "Wed Oct 10 20:19:24 +0100 2018",
            "Wed Foo 10 20:19:24 +0000 2018",
            "Wed Oct 32 20:19:24 +0000 2018", "Wed Oct 1 20:19:24 +0000 2018",
            "Wed Oct 10 25:19:24 +0000 2018",
            "Wed Oct 10 20:19:24 +0000 20185", "Wed Oct -1 20:19:24 +0000 2018",
            "2018-10-10T20:19:24Z", "Wed\u{0}Oct 10 20:19:24 +0000 2018",
        ])
    func notTwitter(text: String) {
        #expect(withJSONText(text, PlatformTime.twitter) == nil)
    }

    @Test(
        "reads the time in an id, and none in ids from before they held one",
        arguments: [
            (0, nil), (4_194_303, nil), (30_000_000_000, 1_288_834_981_809_000),
            (1_050_118_621_198_921_728, 1_539_202_764_211_000),
            (UInt64.max, 5_686_881_485_760_000 as Int64?),
        ] as [(UInt64, Int64?)])
    func snowflake(id: UInt64, microseconds: Int64?) {
        #expect(PlatformTime.snowflake(id) == microseconds.map { $0 })
    }
}
