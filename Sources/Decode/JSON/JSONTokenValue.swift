import Glibc

/// A value among the tokens of a line. Borrowed from its outline: not to be kept beyond the next line.
struct JSONTokenValue: JSONNode {
    private let line: UnsafeMutablePointer<JSONOutlinedLine>
    /// Of the line's tokens.
    fileprivate let index: Int

    init(line: UnsafeMutablePointer<JSONOutlinedLine>, index: Int) {
        (self.line, self.index) = (line, index)
    }

    private var start: UnsafePointer<UInt8> { line.pointee.start(of: index) }
    private var byte: UInt8 { start.pointee }

    var isObject: Bool { byte == UInt8(ascii: "{") }
    var isArray: Bool { byte == UInt8(ascii: "[") }
    var isFalse: Bool { byte == UInt8(ascii: "f") }
    var isNull: Bool { byte == UInt8(ascii: "n") }

    var isTrue: Bool { byte == UInt8(ascii: "t") }
    var isText: Bool { byte == UInt8(ascii: "\"") }

    /// Nil also if the outline has to give up at its escapes.
    var text: JSONText? {
        isText ? line.pointee.unescape(quoted) : nil
    }

    var number: UInt64? {
        let isNegative = byte == UInt8(ascii: "-")
        var place = isNegative ? start + 1 : start
        guard place.pointee &- 0x30 < 10 else { return nil }
        var number: UInt64 = 0
        // Nineteen digits at the most: that has been checked.
        while place.pointee &- 0x30 < 10 {
            number = number &* 10 &+ UInt64(place.pointee &- 0x30)
            place += 1
        }
        switch place.pointee {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return nil
        default: break
        }
        return isNegative && number > 0 ? nil : number
    }

    var members: JSONTokenMembers { JSONTokenMembers(of: self) }
    var elements: JSONTokenElements { JSONTokenElements(of: self) }

    /// What stands between the quotes.
    fileprivate var quoted: JSONText {
        // White space may stand between the closing quote and the next token.
        var end = line.pointee.start(of: index + 1) - 1
        while end.pointee != UInt8(ascii: "\"") { end -= 1 }
        return JSONText(start: start + 1, count: end - start - 1)
    }

    /// The index of the token behind this value.
    fileprivate var end: Int {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["): Int(line.pointee.ends[index])
        default: index + 1
        }
    }

    fileprivate func at(_ index: Int) -> JSONTokenValue {
        JSONTokenValue(line: line, index: index)
    }
}

/// Walks over an object's members. A name with escapes is given as it stands: no name that is asked for
/// needs any.
struct JSONTokenMembers: Sequence, IteratorProtocol {
    private var name: JSONTokenValue
    private let end: Int

    fileprivate init(of object: JSONTokenValue) {
        name = object.at(object.index + 1)
        end = object.isObject ? object.end - 1 : 0
    }

    mutating func next() -> (key: JSONText, value: JSONTokenValue)? {
        guard name.index < end else { return nil }
        let (key, value) = (name.quoted, name.at(name.index + 2))
        // Behind the comma.
        name = name.at(value.end + 1)
        return (key, value)
    }
}

/// Walks over an array's elements.
struct JSONTokenElements: JSONElementWalk, IteratorProtocol {
    private var element: JSONTokenValue?
    private var end = 0

    init() {}

    fileprivate init(of array: JSONTokenValue) {
        guard array.isArray else { return }
        element = array.at(array.index + 1)
        end = array.end - 1
    }

    mutating func next() -> JSONTokenValue? {
        guard let found = element, found.index < end else { return nil }
        // Behind the comma.
        element = found.at(found.end + 1)
        return found
    }
}
