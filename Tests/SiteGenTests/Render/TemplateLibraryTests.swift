import Mustache
import Support
import Testing

@testable import SiteGen

struct TemplateLibraryTests {
    struct Row: View {
        let name: String
        let link: Link
        let note: String?
        let words: [String]
    }

    struct Page: TemplateView {
        static let template = "page"
        let title: String
        let isNew: Bool
        let row: Row?
        let absent: Row?
        let rows: [Row]
        let none: [Row]
    }

    static let rows = [
        Row(name: "a<b", link: Link("x/"), note: nil, words: ["1", "2"]),
        Row(name: "é", link: Link("y/"), note: "n", words: []),
    ]
    static let page = Page(
        title: "T & \"t\"", isNew: true, row: rows[1], absent: nil, rows: rows, none: [])

    /// The same values for swift-mustache.
    static var values: [String: Any] {
        [
            "title": "T & \"t\"", "isNew": true,
            "row": ["name": "é", "link": "y/", "note": "n", "words": [String]()] as [String: Any],
            "rows": [
                ["name": "a<b", "link": "x/", "words": ["1", "2"]] as [String: Any],
                ["name": "é", "link": "y/", "note": "n", "words": [String]()] as [String: Any],
            ],
            "none": [String](),
        ]
    }

    /// swift-mustache is the other implementation of the language.
    @Test(arguments: [
        "plain\n", "", "\n\n{{title}}\n", "{{#isNew}}new{{/isNew}}{{^isNew}}old{{/isNew}}",
        "a\n{{#isNew}}\nnew\n{{/isNew}}\nb\n", "a\n  {{#isNew}}  \nnew\n  {{/isNew}}\nb",
        "{{#rows}}\n<li>{{name}} {{link}} {{title}}</li>\n{{/rows}}\nend",
        "{{#rows}}{{#words}}{{.}},{{/words}}{{^words}}none{{/words}};{{/rows}}",
        "{{#rows}}{{#note}}[{{note}} {{.}}]{{/note}}{{^note}}-{{/note}}{{/rows}}",
        "{{#row}}{{name}}{{/row}} {{row.name}}{{#absent}}never{{/absent}}{{^absent}}\nno\n{{/absent}}",
        "{{#none}}never{{/none}}{{^none}}none{{/none}}", "{{! a comment }}\nx {{! another }} y\n",
        "x\n{{>part}}\ny {{>part}}\n{{#rows}}\n{{>part}}\n{{/rows}}\n",
        "{{#isNew}}\n{{#rows}}\n\n{{/rows}}\n{{/isNew}}",
    ])
    func `renders as Mustache does`(text: String) async throws {
        try await withTemporaryFolder { folder in
            let pragma = ScalarContentType.html.pragma + "\n"
            let part = "{{title}}\n"
            try write(pragma + text, to: folder + "/page.mustache")
            try write(pragma + part, to: folder + "/part.mustache")
            let library = try TemplateLibrary(folder: folder, shows: [Page.self])
            let peer = MustacheLibrary(templates: [
                "page": try MustacheTemplate(string: text),
                "part": try MustacheTemplate(string: part),
            ])
            #expect(
                String(decoding: library.render(Self.page), as: UTF8.self)
                    == peer.render(Self.values, withTemplate: "page"))
        }
    }

    @Test func `keeps values of every kind in the order of their declarations`() throws {
        let tree = try ViewTree(Self.page)
        guard case .record(let first) = tree.root else {
            Issue.record("is no record")
            return
        }
        let fields = tree.values[first...]
        #expect(fields.count == 6)
        guard case .record(let shape) = try ViewShape(of: Page.self) else { return }
        #expect(shape.names == ["title", "isNew", "row", "absent", "rows", "none"])
        #expect(
            fields.map { "\($0)".prefix { $0 != "(" } } == [
                "text", "flag", "record", "absent", "list", "list",
            ])
    }
}
