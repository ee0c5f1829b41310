/// The model of a template: stored, already formatted properties, in the order of which the template
/// is compiled.
///
/// Its synthesised coding is used for nothing else: `ViewShape` finds the keys and kinds by decoding,
/// `ViewEncoder` the values by encoding.
protocol View: Codable, Sendable {}

/// A view with a template of its own.
protocol TemplateView: View {
    static var template: String { get }
}

/// A view that fills the layout of a page.
protocol PageView: TemplateView {
    var title: String { get }
    /// One sentence, for search engines and link previews.
    var summary: String { get }
    /// Whether it has what the script of pages works on: charts, folds, times.
    var isScripted: Bool { get }
    /// Whether it shows what goes on now.
    var hasLive: Bool { get }
}

extension PageView {
    var isScripted: Bool { false }
    var hasLive: Bool { false }
}

/// A URL that we made: every byte is safe in it. The only kind that link attributes take.
struct Link: View, Hashable {
    let target: String

    init(_ target: String) { self.target = target }

    func encode(to encoder: any Encoder) { encoder.put(target.utf8) }
}

/// HTML that we made ourselves. The only kind that is put into a page as it is.
struct Markup: View {
    let html: [UInt8]

    init(_ html: [UInt8]) { self.html = html }

    func encode(to encoder: any Encoder) { encoder.put(html) }
}

/// JSON for a data block in a page. The only kind that a script element takes.
struct Island: View {
    let json: String

    init(_ value: JSONDocument) { json = value.encoded }

    func encode(to encoder: any Encoder) { encoder.put(json.utf8) }
}
