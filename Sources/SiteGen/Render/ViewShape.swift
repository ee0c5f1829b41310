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

/// Runs a type's synthesised decoding on no data and writes down what it asks for.
final class ShapeDecoder: Decoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private var keys = ViewShape.Fields()
    private var element: ViewShape?

    /// A shape, and an empty value for the decoding to go on with.
    static func shape<Value: Decodable>(
        of type: Value.Type
    ) throws -> (shape: ViewShape, value: Value) {
        let leaf: (ViewShape, Any)? =
            switch type {
            case is String.Type: (.text, "")
            case is Bool.Type: (.flag, false)
            case is Link.Type: (.link, Link(""))
            case is Markup.Type: (.markup, Markup([]))
            case is Island.Type: (.island, Island(.null))
            default: nil
            }
        if let leaf, let value = leaf.1 as? Value { return (leaf.0, value) }
        let decoder = ShapeDecoder()
        let value = try Value(from: decoder)
        return (decoder.element.map(ViewShape.list) ?? .record(decoder.keys), value)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keys<Key>(decoder: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { Elements(decoder: self) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw DecodingError.dataCorrupted(
            .init(codingPath: [], debugDescription: "a view holds a kind that no template knows"))
    }

    private struct Keys<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let decoder: ShapeDecoder
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { [] }

        func contains(_ key: Key) -> Bool { true }

        /// Asked for optionals alone, before the value.
        func decodeNil(forKey key: Key) -> Bool {
            decoder.keys[key.stringValue] = .optional(.text)
            return false
        }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            let (shape, value) = try ShapeDecoder.shape(of: type)
            let isOptional = decoder.keys[key.stringValue] != nil
            decoder.keys[key.stringValue] = isOptional ? .optional(shape) : shape
            return value
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedDecodingContainer<Nested> { decoder.container(keyedBy: type) }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
            decoder.unkeyedContainer()
        }

        func superDecoder() -> any Decoder { decoder }
        func superDecoder(forKey key: Key) -> any Decoder { decoder }
    }

    private struct Elements: UnkeyedDecodingContainer {
        let decoder: ShapeDecoder
        var codingPath: [any CodingKey] { [] }
        var count: Int? { 1 }
        var currentIndex = 0
        var isAtEnd: Bool { currentIndex > 0 }

        func decodeNil() -> Bool { false }

        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            currentIndex += 1
            let (shape, value) = try ShapeDecoder.shape(of: type)
            decoder.element = shape
            return value
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) -> KeyedDecodingContainer<Nested> { decoder.container(keyedBy: type) }

        func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { decoder.unkeyedContainer() }
        func superDecoder() -> any Decoder { decoder }
    }
}
