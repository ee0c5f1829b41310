import Mustache

/// The model of a template: stored, already formatted properties. Its decoding is never used to read
/// anything; `ViewShape` finds the keys and kinds through it.
protocol View: Decodable, Sendable {}

/// A URL that we made: every byte is safe in it. The only kind that link attributes take.
struct Link: View, Hashable, MustacheCustomRenderable {
    let target: String

    init(_ target: String) { self.target = target }

    var renderText: String { target }
    var isNull: Bool { false }
}

/// HTML that we made ourselves. The only kind that is put into a page as it is.
struct Markup: View, MustacheCustomRenderable {
    let html: String

    init(_ html: String) { self.html = html }

    var renderText: String { html }
    var isNull: Bool { false }
}

/// JSON for a data block in a page. The only kind that a script element takes.
struct Island: View, MustacheCustomRenderable {
    let json: String

    init(_ value: JSONValue) { json = value.encoded }

    var renderText: String { json }
    var isNull: Bool { false }
}
