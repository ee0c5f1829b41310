/// The members of archives that held nothing of the format asked for.
public struct MembersLeftOut: Hashable, Sendable {
    public private(set) var count = 0
    /// The first of them.
    private var names: [String] = []
    private static let most = 3

    public init() {}

    /// - Parameter name: the archive's path and the member's name.
    public mutating func add(_ name: String) {
        count += 1
        if names.count < Self.most { names.append(name) }
    }

    mutating func add(_ other: MembersLeftOut) {
        count += other.count
        names = Array((names + other.names).prefix(Self.most))
    }

    /// What to say of them; nil if there are none.
    public var sentence: String? {
        if count == 0 { return nil }
        let more = count - names.count
        return "left out, as nothing in it is of that format: " + names.joined(separator: ", ")
            + (more > 0 ? " and \(more) more" : "")
    }
}
