/// A JSON value, however it was found.
public protocol JSONNode {
    associatedtype Members: Sequence<(key: JSONText, value: Self)>
    associatedtype Elements: JSONElementWalk<Self>

    var isObject: Bool { get }
    var isArray: Bool { get }

    /// True for a string; false for anything else.
    var isText: Bool { get }

    /// True for `true`; false for anything else.
    var isTrue: Bool { get }

    /// True for `false`; false for anything else.
    var isFalse: Bool { get }

    /// True for `null`; false for anything else.
    var isNull: Bool { get }

    /// The unescaped text of a string, valid UTF-8; nil for anything else.
    var text: JSONText? { get }

    /// A whole number of 0 to 2^64 - 1; nil for anything else.
    var number: UInt64? { get }

    /// The members of an object in order, duplicates too; none if it is no object.
    var members: Members { get }

    /// The elements of an array; none if it is no array.
    var elements: Elements { get }
}

extension JSONNode {
    /// The value itself, or what MongoDB's exports wrap in an object (Extended JSON, versions 1 and 2):
    /// `{"$numberLong":"7"}`.
    @inline(__always)
    var unwrapped: Self { isObject ? wrapped ?? self : self }

    private var wrapped: Self? {
        self["$numberLong"] ?? self["$numberInt"] ?? self["$oid"] ?? self["$date"]?.unwrapped
    }

    /// The whole number of 0 to 2^64 - 1 that such an object wraps; nil for anything else.
    @inline(__always)
    var wrappedNumber: UInt64? { isObject ? wrapped.flatMap { $0.text?.number ?? $0.number } : nil }

    /// The member of that name, the last if there are several.
    @inline(__always)
    public subscript(name: StaticString) -> Self? {
        var found: Self?
        for (key, value) in members where key == name { found = value }
        return found
    }

    /// The elements of an object's member of that name; none if there is no such array.
    @inline(__always)
    public func elements(of name: StaticString) -> Elements {
        self[name]?.elements ?? Elements()
    }
}

/// Walks over an array's elements; over none to begin with.
public protocol JSONElementWalk<Element>: Sequence {
    init()
}
