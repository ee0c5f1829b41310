/// A URL that we made: every byte is safe in it. The only kind that link attributes take.
struct Link: View, Hashable {
    let target: String

    init(_ target: String) { self.target = target }

    func encode(to encoder: any Encoder) { encoder.put(.text(target)) }
}
