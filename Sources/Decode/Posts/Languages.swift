/// The languages of a post, in order: mostly one, which needs no memory of its own.
public struct Languages: Hashable, Sendable {
    private var first: Language?
    private var others: [Language] = []

    public init() {}

    public init(_ languages: some Sequence<Language>) {
        for language in languages { append(language) }
    }

    public init(_ language: Language?) { first = language }

    public mutating func append(_ language: Language) {
        if first == nil { first = language } else { others.append(language) }
    }
}

extension Languages: RandomAccessCollection, ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Language...) { self.init(elements) }

    public var startIndex: Int { 0 }
    public var endIndex: Int { first == nil ? 0 : 1 + others.count }
    public subscript(index: Int) -> Language {
        if index == 0, let first { return first }
        return others[index - 1]
    }
}
