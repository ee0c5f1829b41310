import Testing

@testable import SiteGen

struct MarkupPositionTests {
    @Test(
        arguments: [
            ("", .text), ("<p>", .text), ("<p", .tag),
            ("<a href=\"", .attribute(name: "href", quote: 34)),
            ("<a HREF='", .attribute(name: "href", quote: 39)), ("<a href=", .tag),
            ("<a href=\"x\" ", .tag), ("<a title=\"a>b\">", .text), ("<!-- <a ", .comment),
            ("<!-- x -->", .text), ("<script>", .code), ("<script src=\"x\"></script>", .text),
            ("<script type=\"application/json\" id=\"a\">", .island), ("<style>a{", .code),
            ("<style></style><p>", .text),
        ] as [(String, MarkupPosition.Place)])
    func `knows where a value would stand`(text: String, place: MarkupPosition.Place) {
        var position = MarkupPosition()
        position.advance(over: Array(text.utf8))
        #expect(position.place == place)
    }
}
