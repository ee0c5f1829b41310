/// A view taken apart for rendering: its fields by place, in the order of their declarations.
enum ViewValue: Sendable {
    case text(String)
    case bytes([UInt8])
    case flag(Bool)
    case list([ViewValue])
    case record([ViewValue])
    /// An optional that is nil.
    case absent
}

extension ViewValue {
    /// The value at the end of the path of fields.
    func at(_ fields: [Int]) -> ViewValue {
        var value = self
        for field in fields {
            guard case .record(let values) = value else { break }
            value = values[field]
        }
        return value
    }
}

/// Runs a view's synthesised encoding, which hands over one field after the other, and keeps what
/// comes. Many times faster than reflection.
final class ViewEncoder: Encoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private enum Kind { case single, list, record }
    private var kind = Kind.single
    /// Of a single value, one at the most.
    private var values: [ViewValue] = []

    static func value(of view: some Encodable) throws -> ViewValue {
        let encoder = ViewEncoder()
        try view.encode(to: encoder)
        return switch encoder.kind {
        case .single: encoder.values.last ?? .absent
        case .list: .list(encoder.values)
        case .record: .record(encoder.values)
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        kind = .record
        values.reserveCapacity(16)
        return KeyedEncodingContainer(Fields<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        kind = .list
        return Elements(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    fileprivate func append(_ value: ViewValue) { values.append(value) }

    private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let encoder: ViewEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil(forKey key: Key) { encoder.append(.absent) }
        func encode(_ value: Bool, forKey key: Key) { encoder.append(.flag(value)) }
        func encode(_ value: String, forKey key: Key) { encoder.append(.text(value)) }
        func encode(_ value: some Encodable, forKey key: Key) throws {
            encoder.append(try ViewEncoder.value(of: value))
        }
        func encodeIfPresent(_ value: String?, forKey key: Key) {
            encoder.append(value.map(ViewValue.text) ?? .absent)
        }
        func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
            encoder.append(try value.map { try ViewEncoder.value(of: $0) } ?? .absent)
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> { encoder.container(keyedBy: type) }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            encoder.unkeyedContainer()
        }
        func superEncoder() -> any Encoder { encoder }
        func superEncoder(forKey key: Key) -> any Encoder { encoder }
    }

    private struct Elements: UnkeyedEncodingContainer {
        let encoder: ViewEncoder
        var codingPath: [any CodingKey] { [] }
        var count: Int { 0 }

        func encodeNil() { encoder.append(.absent) }
        func encode(_ value: String) { encoder.append(.text(value)) }
        func encode(_ value: some Encodable) throws {
            encoder.append(try ViewEncoder.value(of: value))
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) -> KeyedEncodingContainer<Nested> { encoder.container(keyedBy: type) }
        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            encoder.unkeyedContainer()
        }
        func superEncoder() -> any Encoder { encoder }
    }

    private struct Single: SingleValueEncodingContainer {
        let encoder: ViewEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil() { encoder.append(.absent) }
        func encode(_ value: Bool) { encoder.append(.flag(value)) }
        func encode(_ value: String) { encoder.append(.text(value)) }
        func encode(_ value: some Encodable) throws {
            encoder.append(try ViewEncoder.value(of: value))
        }
    }
}

extension Encoder {
    /// Hands over the one value that a leaf of a view stands for.
    func put(_ value: ViewValue) { (self as? ViewEncoder)?.append(value) }
}
