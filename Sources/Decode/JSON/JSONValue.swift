/// A value on simdjson's tape (doc/tape.md): a word of type and payload at `index`, its parts behind.
///
/// Borrowed from its parser: not to be kept beyond the next parse.
public struct JSONValue: JSONNode {
    fileprivate let words: UnsafePointer<UInt64>
    fileprivate let strings: UnsafePointer<UInt8>
    fileprivate let index: Int

    init(words: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>, index: Int) {
        (self.words, self.strings, self.index) = (words, strings, index)
    }

    private var type: UInt8 { UInt8(words[index] >> 56) }

    public var isObject: Bool { type == UInt8(ascii: "{") }
    public var isArray: Bool { type == UInt8(ascii: "[") }

    public var isText: Bool { type == UInt8(ascii: "\"") }
    public var isTrue: Bool { type == UInt8(ascii: "t") }
    public var isFalse: Bool { type == UInt8(ascii: "f") }
    public var isNull: Bool { type == UInt8(ascii: "n") }

    public var text: JSONText? {
        guard type == UInt8(ascii: "\"") else { return nil }
        let start = strings + Int(words[index] & 0x00FF_FFFF_FFFF_FFFF)
        let length = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
        return JSONText(start: start + 4, count: Int(length))
    }

    public var number: UInt64? {
        switch type {
        case UInt8(ascii: "u"): words[index + 1]
        case UInt8(ascii: "l"): UInt64(exactly: Int64(bitPattern: words[index + 1]))
        default: nil
        }
    }

    public var members: JSONMembers { JSONMembers(of: self) }

    public var elements: JSONElements { JSONElements(of: self) }

    /// The index behind this value.
    fileprivate var end: Int {
        switch type {
        case UInt8(ascii: "{"), UInt8(ascii: "["): Int(words[index] & 0xFFFF_FFFF)
        case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): index + 2
        default: index + 1
        }
    }

    fileprivate func at(_ index: Int) -> JSONValue {
        JSONValue(words: words, strings: strings, index: index)
    }
}

/// Walks over an object's members.
public struct JSONMembers: Sequence, IteratorProtocol {
    private var key: JSONValue
    private let end: Int

    fileprivate init(of object: JSONValue) {
        key = object.at(object.index + 1)
        end = object.isObject ? object.end - 1 : 0
    }

    public mutating func next() -> (key: JSONText, value: JSONValue)? {
        guard key.index < end, let name = key.text else { return nil }
        let value = key.at(key.index + 1)
        key = key.at(value.end)
        return (name, value)
    }
}

/// Walks over an array's elements.
public struct JSONElements: JSONElementWalk, IteratorProtocol {
    private var element: JSONValue?
    private var end = 0

    public init() {}

    fileprivate init(of array: JSONValue) {
        guard array.isArray else { return }
        element = array.at(array.index + 1)
        end = array.end - 1
    }

    public mutating func next() -> JSONValue? {
        guard let found = element, found.index < end else { return nil }
        element = found.at(found.end)
        return found
    }
}
