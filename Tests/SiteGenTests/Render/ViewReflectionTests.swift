import Testing

@testable import SiteGen

struct ViewReflectionTests {
    struct Row: View {
        let name: String
        let note: String?
    }

    struct Page: View {
        let isNew: Bool
        let link: Link
        let row: Row?
        let absent: Row?
        let rows: [Row]
        let words: [String]
    }

    @Test func `holds every value that is there and no key for one that is not`() throws {
        let row = Row(name: "a", note: nil)
        let values = ViewReflection.values(
            of: Page(
                isNew: true, link: Link("x"), row: row, absent: nil, rows: [row, row], words: ["b"])
        )
        #expect(values.keys.sorted() == ["isNew", "link", "row", "rows", "words"])
        #expect(values["isNew"] as? Bool == true)
        #expect(values["link"] as? Link == Link("x"))
        #expect(values["row"] as? [String: String] == ["name": "a"])
        #expect(values["rows"] as? [[String: String]] == [["name": "a"], ["name": "a"]])
        #expect(values["words"] as? [String] == ["b"])
    }
}
