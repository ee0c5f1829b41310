/// Which item of a table: the file that it is of, and which part of it.
public struct TableKey: Hashable, Sendable {
    public let file: String
    public let part: String

    public init(file: String, part: String) { (self.file, self.part) = (file, part) }

    /// The names of the attributes, which the keys of the table are.
    static let names = (file: "file", part: "part")
}

/// A value of an item.
public enum TableValue: Hashable, Sendable {
    case text(String)
    case number(Int)
    case bytes([UInt8])
}

/// An item of a table: its key and what else it holds, by name.
public struct TableItem: Hashable, Sendable {
    public let key: TableKey
    public let values: [String: TableValue]

    public init(_ key: TableKey, _ values: [String: TableValue]) {
        (self.key, self.values) = (key, values)
    }

    public func text(_ name: String) -> String? {
        if case .text(let text) = values[name] { text } else { nil }
    }

    public func number(_ name: String) -> Int? {
        if case .number(let number) = values[name] { number } else { nil }
    }

    /// About what it takes of a table's limits (400 KB an item).
    public var byteCount: Int {
        values.reduce(key.file.utf8.count + key.part.utf8.count + 16) { sum, value in
            let count =
                switch value.value {
                case .text(let text): text.utf8.count
                case .number: 21
                case .bytes(let bytes): bytes.count
                }
            return sum + value.key.utf8.count + count
        }
    }
}

/// One step of a transaction.
public enum TableChange: Hashable, Sendable {
    /// What must be so of the item that stands there, or nothing is changed.
    public enum Condition: Hashable, Sendable {
        case none
        /// There is none.
        case absent
        /// There is none, or the value of this name is this.
        case absentOr(String, TableValue)
        /// There is one, and the value of this name is this.
        case value(String, TableValue)
    }

    case put(TableItem, Condition = .none)
    case delete(TableKey)

    public var key: TableKey {
        switch self {
        case .put(let item, _): item.key
        case .delete(let key): key
        }
    }

    /// Of what it puts.
    public var byteCount: Int { if case .put(let item, _) = self { item.byteCount } else { 0 } }
}
