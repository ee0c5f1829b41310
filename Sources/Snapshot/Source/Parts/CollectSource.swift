import Archive
import Calendar
import Files
import Tally
import Tasks

/// The parts that several collectors put into one place, each its share of every slot.
///
/// A slot is closed once it is over and a part of each member is there, or the deadline has passed; whatever comes
/// later is deleted. What closes it leaves a mark, so that of two publishers one does; and before it archives the slot a note of
/// what it counted, so that one which goes on in the place of a killed one archives the same row.
public struct CollectSource: PostSource {
    public let name: String
    public let availability = Availability.recording
    /// The names of the parts that are to come.
    private let members: [String]
    private let place: any PartPlace
    /// Seconds after a slot's end.
    private let deadline: Int
    /// The version of the Unicode Standard that hashtags are folded by.
    private let tables: String

    public init(
        name: String, members: [String], place: any PartPlace, deadline: Int, tables: String
    ) {
        (self.name, self.members, self.place) = (name, members, place)
        (self.deadline, self.tables) = (deadline, tables)
    }

    public func check() async -> [SourceCheck] { await place.check() }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        guard try await place.begin() else { return }
        let path = place.folder
        for folder in try PartFolder.all(in: path) {
            let mark = "\(path)/\(PartMap.name(of: folder.slot)).closed"
            let isLate =
                try FilePlace.kind(of: mark) != nil || request.archived.contains(folder.slot.start)
            if isLate { try await release(folder.slot) }
        }
        let folders = try PartFolder.all(in: path)
        let spans = folders.compactMap(\.span)
        for folder in folders where request.wants(folder.slot) && folder.slot.end <= request.now {
            let paths = folder.paths(".part")
            let begun = try SlotClosing(of: folder.slot, in: path).flatMap {
                $0.paths(among: paths).isEmpty ? nil : $0
            }
            let parts = try PartSet(
                begun?.paths(among: paths) ?? paths, rules: request.rules, tables: tables,
                counted: folder.paths(".tags"))
            guard let source = PartSource(parts, expecting: members),
                begun != nil || source.missing.isEmpty
                    || folder.slot.end + deadline <= request.now
            else { continue }
            guard source.name == name else {
                throw SnapshotError.otherSource(path: folder.path, its: source.name, expected: name)
            }
            let span =
                begun.map(\.span)
                ?? RecordedSpan(around: folder.slot, of: name, in: path, among: spans).times
            // Elsewhere, as the right has to be kept on a machine of one core, too.
            let window = try await onThread { _ in try source.window(for: request, among: span) }
            if let window {
                let closing = SlotClosing(from: parts.parts.map(\.path), among: span)
                try await place.note(begun ?? closing, of: folder.slot)
                try await archive(window)
            } else {
                try await release(folder.slot)
            }
        }
    }

    public func keep() async { await place.keep() }

    public func claim(_ slot: Slot) async throws { try await place.claim() }

    public func release(_ slot: Slot) async throws {
        let spans = try PartFolder.all(in: place.folder).compactMap(\.span)
        try RecordedSpan(around: slot, of: name, in: place.folder, among: spans).keep()
        try await place.close(slot)
    }

    public func end() async { await place.end() }
}
