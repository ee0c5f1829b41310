/// The members of archives that held nothing of the format asked for.
public struct MembersLeftOut: Hashable, Codable, Sendable {
    public private(set) var count = 0
    /// The first of them.
    private var names: [String] = []
    private static let most = 3
    /// Scalars of a name that are kept: one may be as long as its archive says.
    private static let longest = 500

    public init() {}

    public var isEmpty: Bool { count == 0 }

    /// - Parameter archive: as it is to be called.
    public mutating func add(_ member: String, of archive: String) {
        count += 1
        guard names.count < Self.most else { return }
        let name = "\(archive): \(member)".unicodeScalars.prefix(Self.longest)
        names.append(String(String.UnicodeScalarView(name)))
    }

    public mutating func add(_ other: MembersLeftOut) {
        count += other.count
        names = Array((names + other.names).prefix(Self.most))
    }

    /// Whether it is what `add` makes.
    var isSound: Bool {
        (0...1 << 40).contains(count) && names.count == min(count, Self.most)
            && names.allSatisfy { $0.unicodeScalars.count <= Self.longest }
    }

    /// What to say of them; nil if there are none.
    public var sentence: String? {
        if count == 0 { return nil }
        let more = count - names.count
        return "left out, as nothing in it is of that format: " + names.joined(separator: ", ")
            + (more > 0 ? " and \(more) more" : "")
    }
}
