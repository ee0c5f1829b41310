/// JSON for a data block in a page. The only kind that a script element takes.
struct Island: View {
    let json: String

    init(_ value: JSONValue) { json = value.encoded }

    func encode(to encoder: any Encoder) { encoder.put(.text(json)) }
}
