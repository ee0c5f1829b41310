import Testing

@testable import Archive

@Suite("DropReasons")
struct DropReasonsTests {
    @Test("are written sorted by name, without those that left out nothing, and read back")
    func written() {
        let reasons = DropReasons([
            "max_tags": 4, "deleted": 30, "bot": 0, "language": 812, "tag_too_long": 7,
        ])
        #expect(reasons.description == "deleted=30 language=812 max_tags=4 tag_too_long=7")
        // Hashtags are no records.
        #expect(reasons.total == 846)
        #expect(DropReasons(reasons.description) == reasons)
        #expect(DropReasons("") == DropReasons())
    }

    @Test(
        "are nothing else than what is written",
        arguments: [
            " ", "bot", "bot=", "=1", "bot=0", "bot=01", "bot=-1", "bot=1 ", " bot=1", "Bot=1",
            "bot=1  deleted=1", "deleted=1 bot=1", "bot=1 bot=1", "bot=1,deleted=2", "b\u{F6}t=1",
            "bot=1=1", "bot=1000000000000000", "bot=1\u{0}",
            (100...200).map { "r\($0)=999999999999999" }.joined(separator: " "),
        ])
    func refused(text: String) {
        #expect(DropReasons(text) == nil)
    }
}
