import Calendar

/// Where collectors put the parts of a source's slots, and a publisher takes them from.
public protocol PartPlace: Sendable {
    /// Its name, for messages.
    var name: String { get }

    /// A folder that has what is there, once the right is taken: a folder of parts for each slot that is not closed, a mark
    /// for each that is, a note for each that somebody has begun to close, and what `RecordedSpan` keeps, which `close` puts back.
    var folder: String { get }

    /// Takes the right to close its slots; false if another publisher has it.
    ///
    /// - Throws: also if strangers can read what is there.
    func begin() async throws -> Bool

    /// Keeps the right, if it is taken, until the task is cancelled.
    func keep() async

    /// Throws if another publisher has taken the right over, so that nothing is to be archived any more.
    func claim() async throws

    /// Writes down what a slot is about to be closed from; the same again changes nothing.
    ///
    /// - Throws: `SnapshotError.begun` if another publisher has written down something else.
    func note(_ closing: SlotClosing, of slot: Slot) async throws

    /// Marks the slot as closed, then takes its parts away, so that those which a killed run leaves are known.
    func close(_ slot: Slot) async throws

    /// Gives the right back. A place is given back if `begin` threw, too.
    func end() async

    /// Looks whether collectors and publisher can do what they do there, and strangers cannot.
    func check() async -> [SourceCheck]
}

extension PartPlace {
    static func mark(of slot: Slot) -> String { PartMap.name(of: slot) + ".closed" }

    static func note(of slot: Slot) -> String { PartMap.name(of: slot) + SlotClosing.ending }
}
