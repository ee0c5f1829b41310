import Testing

@testable import SiteGen

struct TemplateCompilerTests {
    struct Row: View {
        let name: String
        let link: Link
        let note: String?
    }

    struct Page: View {
        let title: String
        let note: String
        let isNew: Bool
        let rows: [Row]
        let words: [String]
        let body: Markup
        let data: Island
    }

    private func faults(_ text: String, pragma: String? = nil) throws -> [String] {
        let pragma = pragma ?? ScalarContentType.html.pragma
        var compiler = TemplateCompiler(templates: [
            "page": Array((pragma + text).utf8),
            "row": Array((ScalarContentType.html.pragma + "\n{{name}}").utf8),
            "bare": Array("{{title}}".utf8),
        ]) { "T/\($0).mustache" }
        _ = compiler.compile("page", shows: try ViewShape(of: Page.self))
        return compiler.faults.map(\.description)
    }

    @Test(arguments: [
        "{{title}} {{! a comment }} {{#rows}}{{>row}}<a href=\"{{link}}\">{{title}}</a>{{/rows}}",
        "{{#isNew}}<b>{{/isNew}}{{^rows}}none{{/rows}}{{#words}}{{.}}{{/words}}{{{body}}}",
        "<p title=\"{{title}}\"{{#isNew}} class=\"new\"{{/isNew}}>",
        "<script type=\"application/json\">{{{data}}}</script>",
    ])
    func `has nothing against a sound template`(text: String) throws {
        #expect(try faults(text) == [])
    }

    @Test(arguments: [
        ("\n\n{{titel}}", "3: unknown key titel"),
        ("\n{{#rows}}\n{{nam}}{{/rows}}", "3: unknown key nam"),
        ("{{rows.name}}", "1: unknown key rows.name"),
        ("{{#rows}}{{note}}{{/rows}}", "1: note: an outer view has a key of this name too"),
        ("\n{{>rwo}}", "2: {{>rwo}}: there is no such template"),
        ("{{>page}}", "1: {{>page}}: calls itself"),
        (
            "{{uppercased(title)}}",
            "1: uppercased(title): transforms are not used, format the value in its view"
        ),
        ("{{%CONTENT_TYPE:TEXT}}", "1: {{%CONTENT_TYPE:TEXT}}: not used in this site"),
        ("{{=<% %>=}}", "1: {{=<% %>=}}: not used in this site"),
        ("<p title={{title}}>", "1: {{title}}: a value in a tag must stand in a quoted attribute"),
        ("<p {{title}}>", "1: {{title}}: a value in a tag must stand in a quoted attribute"),
        ("<a href=\"{{title}}\">", "1: {{title}}: the attribute href takes a link alone"),
        ("<p onclick=\"{{title}}\">", "1: {{title}}: the attribute onclick takes no value"),
        ("<p style=\"{{title}}\">", "1: {{title}}: the attribute style takes no value"),
        ("<p title=\"{{{body}}}\">", "1: {{{body}}}: attributes take escaped values alone"),
        ("<script>{{title}}</script>", "1: {{title}}: no value belongs in a script or a style"),
        (
            "<script type=\"application/json\">{{title}}</script>",
            "1: {{title}}: takes {{{an island}}} alone"
        ),
        ("<!-- {{title}} -->", "1: {{title}}: no value belongs in a comment"),
        ("{{{title}}}", "1: {{{title}}}: text must be escaped: {{key}}"),
        ("{{&title}}", "1: {{{title}}}: text must be escaped: {{key}}"),
        ("{{body}}", "1: {{body}}: markup is not escaped: {{{key}}}"),
        ("{{isNew}}", "1: {{isNew}}: is not a text"), ("{{rows}}", "1: {{rows}}: is not a text"),
        ("\n{{#rows}}", "2: {{#rows}} is never closed"),
        ("{{#rows}}\n{{/row}}", "2: {{/row}} closes no section of that name"),
        (
            "{{#isNew}}<p {{/isNew}}>",
            "1: {{/isNew}} is not where {{#isNew}} began: a tag is cut"
        ),
        ("<p ", "1: ends inside a tag, a comment or a script"),
        ("\n{{title", "2: {{ without }}: not used in this site"),
    ])
    func `names file and line of every fault`(text: String, fault: String) throws {
        #expect(try faults(text) == ["T/page.mustache:" + fault])
    }

    @Test func `asks for the pragma of every file and partial`() throws {
        let reason =
            "1: must begin with {{% CONTENT_TYPE:TIDEMARK-HTML}} or {{% CONTENT_TYPE:TIDEMARK-XML}}"
        #expect(try faults("{{title}}", pragma: "\n") == ["T/page.mustache:" + reason])
        #expect(try faults("{{>bare}}") == ["T/bare.mustache:" + reason])
    }
}
