import Testing

@testable import SiteGen

struct ViewShapeTests {
    struct Inner: View {
        let name: String
    }

    struct Outer: View {
        let title: String
        let isNew: Bool
        let link: Link?
        let inner: Inner?
        let list: [Inner]
        let words: [String]
        let nested: [[Inner]]
        let body: Markup
        let data: Island
        var computed: String { title }
    }

    struct Unknown: View {
        let count: Int
    }

    @Test func `names every stored property and its kind`() throws {
        let inner = ViewShape.record(["name": .text])
        #expect(
            try ViewShape(of: Outer.self)
                == .record([
                    "title": .text, "isNew": .flag, "link": .optional(.link),
                    "inner": .optional(inner), "list": .list(inner), "words": .list(.text),
                    "nested": .list(.list(inner)), "body": .markup, "data": .island,
                ]))
    }

    @Test func `refuses kinds that are not formatted yet`() {
        #expect(throws: DecodingError.self) { try ViewShape(of: Unknown.self) }
    }
}
