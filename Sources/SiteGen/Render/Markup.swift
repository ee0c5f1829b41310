/// HTML that we made ourselves. The only kind that is put into a page as it is.
struct Markup: View {
    let html: [UInt8]

    init(_ html: [UInt8]) { self.html = html }

    func encode(to encoder: any Encoder) { encoder.put(.bytes(html)) }
}
