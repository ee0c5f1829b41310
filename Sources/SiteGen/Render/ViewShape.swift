/// The keys of a view and the kind of each, found without an instance.
indirect enum ViewShape: Hashable, Sendable {
    case text
    case flag
    case link
    case markup
    case island
    case optional(ViewShape)
    case list(ViewShape)
    case record(Fields)

    /// The fields of a view, in the order of their declarations.
    struct Fields: Hashable, Sendable, ExpressibleByDictionaryLiteral {
        private(set) var names: [String] = []
        private(set) var shapes: [ViewShape] = []

        init() {}

        init(dictionaryLiteral elements: (String, ViewShape)...) {
            for (name, shape) in elements { self[name] = shape }
        }

        func place(of name: String) -> Int? { names.firstIndex(of: name) }

        subscript(name: String) -> ViewShape? {
            get { place(of: name).map { shapes[$0] } }
            set {
                guard let newValue else { return }
                if let place = place(of: name) {
                    shapes[place] = newValue
                } else {
                    names.append(name)
                    shapes.append(newValue)
                }
            }
        }
    }

    /// The shape of a view type. Properties are texts, flags, links, markup, islands, views, and lists and
    /// optionals of these; anything else is an error.
    init<Model: View>(of type: Model.Type) throws {
        self = try ShapeDecoder.shape(of: type).shape
    }

    /// What a section over this value iterates over or shows.
    var content: ViewShape {
        switch self {
        case .optional(let wrapped): wrapped.content
        case .list(let element): element
        default: self
        }
    }

    /// What stands in the page where the value is named.
    var value: ViewShape {
        if case .optional(let wrapped) = self { wrapped.value } else { self }
    }
}
