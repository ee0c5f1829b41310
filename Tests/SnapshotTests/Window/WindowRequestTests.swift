import Calendar
import Tally
import Testing

@testable import Snapshot

@Suite struct WindowRequestTests {
    private static let now = Timestamp(secondsSinceEpoch: 1_795_370_400 + 60)  // 22 Nov, 18:01
    private static let running = Schedule.everySixHours.slot(containing: now)
    private static let hour = 3600

    /// Of slots, how many periods each lies before the running one.
    private static func due(
        _ availability: Availability, archived: [Int] = [], slot: Int? = nil
    ) throws(SnapshotError) -> [Int] {
        func earlier(_ count: Int) -> Slot {
            (0..<count).reduce(running) { slot, _ in slot.previous }
        }
        let wanted = slot.map { $0 < 0 ? running.next : earlier($0) }
        let request = WindowRequest(
            now: now, schedule: .everySixHours, length: 60, slot: wanted,
            archived: Set(archived.map { earlier($0).start }), rules: CountingRules())
        return try request.dueSlots(of: "a", availability).map {
            running.start.seconds(since: $0.start) / (6 * hour)
        }
    }

    @Test(
        arguments: [
            (.recording, [], []), (.live, [], [0]), (.live, [0], []), (.live, [1, 2], [0]),
            (.replayable(lookBack: 36 * hour), [], [1]),
            (.replayable(lookBack: 36 * hour), [1], []),
            (.replayable(lookBack: 36 * hour), [2], [1]),
            (.replayable(lookBack: 36 * hour), [5, 3], [4, 2, 1]),
            (.replayable(lookBack: 36 * hour), [99], [6, 5, 4, 3, 2, 1]),
            (.replayable(lookBack: 12 * hour), [99], [2, 1]),
            (.replayable(lookBack: 60), [99], []), (.replayable(lookBack: 61), [99], [1]),
            (.replayable(lookBack: 18 * hour, fillsPast: true), [], [3, 2, 1]),
            (.replayable(lookBack: 18 * hour, fillsPast: true), [1], [3, 2]),
        ] as [(Availability, [Int], [Int])])
    func `Due is what can be read and has no row, oldest first`(
        _ availability: Availability, archived: [Int], due: [Int]
    ) throws {
        #expect(try Self.due(availability, archived: archived) == due)
    }

    @Test(
        arguments: [
            (.live, 0, [], [0]), (.live, 0, [0], []),
            (.replayable(lookBack: 60), 9, [], [9]), (.replayable(lookBack: 60), 9, [9], []),
        ] as [(Availability, Int, [Int], [Int])])
    func `A slot that is asked for is read however old it is, if it has no row`(
        _ availability: Availability, slot: Int, archived: [Int], due: [Int]
    ) throws {
        #expect(try Self.due(availability, archived: archived, slot: slot) == due)
    }

    @Test(
        arguments: [
            (.live, 1), (.live, -1), (.replayable(lookBack: 60), 0),
            (.replayable(lookBack: 60), -1),
        ] as [(Availability, Int)])
    func `A slot that cannot be read now is refused`(_ availability: Availability, slot: Int) {
        #expect(throws: SnapshotError.self) { try Self.due(availability, slot: slot) }
    }
}
