import Testing
import Text

@Suite("Sentences")
struct SentencesTests {
    @Test(arguments: [
        ("nobody answers", "nobody answers; the next runs try again", "nobody answers."),
        ("is the name right?", "is the name right? The next runs try again", "is the name right?"),
        ("it said: no.", "it said: no. The next runs try again", "it said: no."),
    ])
    func `go on behind a semicolon, or behind the sign that they end with`(
        first: String, both: String, whole: String
    ) {
        #expect(sentence(first, goingOn: "the next runs try again") == both)
        #expect(ended(first) == whole)
    }

    @Test func `speak of one as of one`() {
        #expect((0...2).map { quantity($0, "post") } == ["0 posts", "1 post", "2 posts"])
    }
}
