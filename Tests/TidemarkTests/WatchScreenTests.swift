import Snapshot
import Testing

@testable import Tally
@testable import tidemark

@Suite("WatchScreen")
struct WatchScreenTests {
    @Test("shows the best tags, with what could move the cursor escaped")
    func table() {
        var tally = Counts()
        (tally.posts, tally.accounts, tally.tagCount) = (12, 7, 3)
        tally.tags = [
            TagCount(key: "a", spelling: "タグ", posts: 10, accounts: 6),
            TagCount(key: "b", spelling: "b\u{1B}[2J", posts: 2, accounts: 2),
            TagCount(key: "c", spelling: "c", posts: 1, accounts: 1),
        ]
        #expect(
            WatchScreen.table("sky", tally, top: 2) == [
                "sky  12 posts by 7 accounts, 3 hashtags",
                "     people   posts",
                "  1       6      10  #タグ",
                "  2       2       2  #b\\u{1b}[2J",
            ])
    }

    @Test("is drawn over the lines that are there, and no others")
    func redrawing() {
        #expect(WatchScreen.redrawing(["a", "b"], over: 0) == "a\u{1B}[K\nb\u{1B}[K\n\u{1B}[J")
        #expect(WatchScreen.redrawing(["a"], over: 3) == "\u{1B}[3Aa\u{1B}[K\n\u{1B}[J")
    }
}
