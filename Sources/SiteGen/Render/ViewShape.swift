/// The keys of a view and the kind of each, found without an instance.
indirect enum ViewShape: Hashable, Sendable {
    case text
    case flag
    case link
    case markup
    case island
    case optional(ViewShape)
    case list(ViewShape)
    case record([String: ViewShape])

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
