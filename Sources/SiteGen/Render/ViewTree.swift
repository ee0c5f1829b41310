/// A view taken apart for rendering: the fields of each record and the elements of each list side by side, in the order
/// of their declarations, and all texts in one piece. Nothing of it is counted by reference.
struct ViewTree: Sendable {
    fileprivate(set) var values: [ViewValue] = []
    fileprivate(set) var bytes: [UInt8] = []
    fileprivate(set) var root = ViewValue.absent

    /// Runs the view's synthesised encoding, which hands over one field after the other. Many times faster than
    /// reflection.
    init(_ view: some Encodable) throws {
        let encoder = ViewEncoder()
        let root = try encoder.value(of: view)
        self = encoder.tree
        self.root = root
    }

    fileprivate init() {}
}

/// A value of a view.
enum ViewValue: Sendable {
    /// A text, or markup: where its bytes are.
    case text(Range<Int>)
    case flag(Bool)
    /// Where its elements are.
    case list(Range<Int>)
    /// Where its first field is.
    case record(Int)
    /// An optional that is nil.
    case absent
}

/// Keeps what the encoding of a view hands over.
final class ViewEncoder: Encoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    fileprivate var tree = ViewTree()
    private enum Kind { case single, list, record }
    /// Of the view that is being encoded.
    private var kind = Kind.single
    /// Its values, behind those of the views it is in.
    private var open: [ViewValue] = []

    fileprivate func value(of view: some Encodable) throws -> ViewValue {
        let (outer, start) = (kind, open.count)
        kind = .single
        try view.encode(to: self)
        defer {
            open.removeLast(open.count - start)
            kind = outer
        }
        if kind == .single { return open.count > start ? open[start] : .absent }
        let first = tree.values.count
        tree.values += open[start...]
        return kind == .list ? .list(first..<tree.values.count) : .record(first)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        kind = .record
        return KeyedEncodingContainer(Fields<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        kind = .list
        return Elements(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    fileprivate func append(_ value: ViewValue) { open.append(value) }
    fileprivate func append(_ text: String) { append(bytes: text.utf8) }
    fileprivate func append(_ view: some Encodable) throws { open.append(try value(of: view)) }

    fileprivate func append(bytes: some Sequence<UInt8>) {
        let start = tree.bytes.count
        tree.bytes += bytes
        open.append(.text(start..<tree.bytes.count))
    }

    private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let encoder: ViewEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil(forKey key: Key) { encoder.append(.absent) }
        func encode(_ value: Bool, forKey key: Key) { encoder.append(.flag(value)) }
        func encode(_ value: String, forKey key: Key) { encoder.append(value) }
        func encode(_ value: some Encodable, forKey key: Key) throws { try encoder.append(value) }
        func encodeIfPresent(_ value: String?, forKey key: Key) {
            if let value { encoder.append(value) } else { encoder.append(.absent) }
        }
        func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
            if let value { try encoder.append(value) } else { encoder.append(.absent) }
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
        func encode(_ value: String) { encoder.append(value) }
        func encode(_ value: some Encodable) throws { try encoder.append(value) }

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
        func encode(_ value: String) { encoder.append(value) }
        func encode(_ value: some Encodable) throws { try encoder.append(value) }
    }
}

extension Encoder {
    /// Hands over the one text that a leaf of a view stands for.
    func put(_ bytes: some Sequence<UInt8>) { (self as? ViewEncoder)?.append(bytes: bytes) }
}
