import Calendar

/// Where collectors put the parts of a source's slots, and a publisher takes them from.
public protocol PartPlace: Sendable {
    /// Its name, for messages.
    var name: String { get }

    /// Takes the right to close its slots, and returns a folder that has what is there: a folder of parts for each slot
    /// that is not closed, a mark for each that is. Nil if another publisher has the right.
    ///
    /// - Throws: also if strangers can read what is there.
    func begin() async throws -> String?

    /// Marks the slot as closed, then takes its parts away, so that those which a killed run leaves are known.
    func close(_ slot: Slot) async throws

    /// Gives the right back. A place is given back if `begin` threw, too.
    func end() async

    /// Looks whether collectors and publisher can do what they do there, and strangers cannot.
    func check() async -> [SourceCheck]
}

extension PartPlace {
    static func mark(of slot: Slot) -> String { PartMap.name(of: slot) + ".closed" }
}
