import Archive
import Calendar
import Decode
import Files
import Tally

/// A ledger for each slot that recorded posts fall into.
struct SlotLedgers: RecordingSink, Sendable {
    private let rules: CountingRules
    private let schedule: Schedule
    private let byteBudget: Int
    /// Hashes the ids of a slot anew; nil if they stay as they are.
    private let seal: (@Sendable (Slot) -> PartSeal)?
    /// Of ids of 128 bits, which are sealed; nil for others. Asked only while records come, on the thread that reads them.
    private nonisolated(unsafe) let tails: IDTails?
    private var parts: [Part] = []
    private var numbers: [Slot: Int] = [:]
    private(set) var recordCount = 0
    private(set) var invalidCount = 0
    /// Of the archive at hand; and of those before it while no slot was known.
    private var (leftOut, leftOutEarly) = (MembersLeftOut(), MembersLeftOut())
    /// Where records without a time belong: to the slot of the one before them.
    private var current: Int?
    /// Those before the first one with a time, until `settle` says where they belong.
    private var early: [(number: Int, event: StreamEvent, tails: EventTails?)] = []
    /// How many more of those were notices.
    private var earlyNotices = 0
    /// Whether there were more of them than are kept.
    private var hasLost = false
    /// Where the record stands among those of its source, if somebody says so.
    private var place: UInt64?
    /// What is later proves nothing of how far the recording goes.
    private let latest: Timestamp?
    /// The first and last times of all records, but those later than `latest`.
    private(set) var span: ClosedRange<Timestamp>?
    private let hasOneSlot: Bool

    private struct Part {
        let slot: Slot
        let seal: PartSeal?
        var ledger: PostLedger
        /// Of its records, those of the files before the one at hand.
        var recordsBefore = 0
        /// Whether it is there, whatever is in it.
        var isKept = false
    }

    /// Of each slot's ledger: 1 MiB, as a recording may hold many slots.
    static let standardBudget = 1 << 20
    /// More records without a time are no beginning.
    private static let earlyLimit = 1 << 16

    /// - Parameters:
    ///   - slot: the one that everything belongs to, whatever the records tell; nil if they tell it.
    ///   - latest: the time now, where times later than it are not believed; nil where all are.
    init(
        rules: CountingRules, schedule: Schedule, slot: Slot? = nil, latest: Timestamp? = nil,
        byteBudget: Int = standardBudget, tails: IDTails? = nil,
        seal: (@Sendable (Slot) -> PartSeal)? = nil
    ) {
        (self.tails, self.latest) = (tails, latest)
        (self.rules, self.schedule) = (rules, schedule)
        (self.byteBudget, self.seal) = (byteBudget, seal)
        hasOneSlot = slot != nil
        if let slot {
            let number = number(of: slot)
            parts[number].isKept = true
            current = number
        }
    }

    mutating func record(_ event: consuming StreamEvent) {
        // Most of what a relay sends: nobody carries it any further.
        if case .notice = event, let current {
            recordCount += 1
            parts[current].ledger.recordNotice()
            return
        }
        let time = event.time
        record(event, at: time)
    }

    /// Takes in what a message says that stands at this place of its source; of an event that tells no time the message's
    /// holds, in microseconds.
    mutating func record(_ event: consuming StreamEvent, at place: UInt64, _ messageTime: Int64) {
        let time = event.time ?? Self.time(messageTime)
        self.place = place
        record(event, at: time)
    }

    private mutating func record(_ event: consuming StreamEvent, at time: Timestamp?) {
        recordCount += 1
        if case .invalid = event { invalidCount += 1 }
        if let time {
            if time <= latest ?? time {
                span =
                    span.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
            }
            if !hasOneSlot, !(current.map { parts[$0].slot.contains(time) } ?? false) {
                current = number(of: schedule.slot(containing: time))
            }
        }
        let halves = tails?.tails(of: event)
        if let current {
            take(event, halves, at: current, number: recordCount)
        } else if case .notice = event {
            earlyNotices += 1
        } else if early.count < Self.earlyLimit {
            early.append((recordCount, event, halves))
        } else {
            hasLost = true
        }
    }

    /// The slot that the last record was taken for.
    var slot: Slot? { current.map { parts[$0].slot } }

    /// The slot that a message of this time lies in, which has a ledger from then on; nil if the time is none, or everything
    /// is of one slot.
    mutating func keep(slotOf messageTime: Int64) -> Slot? {
        guard !hasOneSlot, let time = Self.time(messageTime) else { return nil }
        if let slot, slot.contains(time) { return slot }
        let other = schedule.slot(containing: time)
        parts[number(of: other)].isKept = true
        return other
    }

    /// Parts and windows call an archive by its own name: they are the same wherever it lies.
    mutating func leaveOut(_ member: String, of archive: String) {
        leftOut.add(member, of: FilePlace.name(of: archive))
    }

    /// Ends a file: each slot that it tells of is told what was left out of it; where it tells of none, that of the record
    /// before it.
    mutating func endFile() {
        defer { leftOut = MembersLeftOut() }
        guard let current else { return leftOutEarly.add(leftOut) }
        parts[0].ledger.leaveOut(leftOutEarly)
        leftOutEarly = MembersLeftOut()
        let told = parts.indices.filter { parts[$0].ledger.recordCount > parts[$0].recordsBefore }
        for part in told.isEmpty ? [current] : told { parts[part].ledger.leaveOut(leftOut) }
        for part in parts.indices { parts[part].recordsBefore = parts[part].ledger.recordCount }
    }

    /// Gives the records before the first one with a time to the slot of the record before them, or, where none is, to the
    /// first slot there is. Called once, when all is read.
    ///
    /// - Parameter earlier: the slot of the last record before all of these; nil if there is none.
    mutating func settle(after earlier: Slot? = nil) {
        guard !isSettled, let slot = earlier ?? firstSlot else { return }
        let number = number(of: slot)
        current = current ?? number
        parts[number].ledger.begin(at: 0)
        for kept in early { take(kept.event, kept.tails, at: number, number: kept.number) }
        for _ in 0..<earlyNotices { take(.notice, nil, at: number, number: 0) }
        (early, earlyNotices) = ([], 0)
    }

    /// Whether it is known to which slot each record belongs, whatever came before.
    var isSettled: Bool { current != nil && early.isEmpty && earlyNotices == 0 }

    /// Of the first record that tells a time, and of the last one; nil if none does.
    var firstSlot: Slot? { parts.first?.slot }
    var lastSlot: Slot? { current.map { parts[$0].slot } }

    private mutating func number(of slot: Slot) -> Int {
        if let known = numbers[slot] { return known }
        numbers[slot] = parts.count
        var ledger = PostLedger(rules: rules, byteBudget: byteBudget)
        // Those that are kept come before all others.
        ledger.begin(at: UInt64(early.count + earlyNotices))
        parts.append(Part(slot: slot, seal: seal?(slot), ledger: ledger))
        return parts.count - 1
    }

    private mutating func take(
        _ event: consuming StreamEvent, _ halves: EventTails?, at part: Int, number: Int
    ) {
        if let place { parts[part].ledger.begin(at: place) }
        if let seal = parts[part].seal, let halves {
            let (sealed, tails) = seal.seal(event, halves, number: number)
            parts[part].ledger.record(sealed, tails: tails)
        } else if let seal = parts[part].seal {
            parts[part].ledger.record(seal.seal(event, number: number))
        } else {
            parts[part].ledger.record(event)
        }
    }

    /// The slots with posts, oldest first.
    var slots: [Slot] { parts.filter { $0.ledger.read.deliveries > 0 }.map(\.slot).sorted() }

    /// The ledger of each slot of which something is told, and of those that are kept, oldest first.
    var ledgers: [(slot: Slot, ledger: PostLedger)] {
        parts.filter {
            $0.isKept || $0.ledger.recordCount > 0 || !$0.ledger.read.membersLeftOut.isEmpty
        }.map { ($0.slot, $0.ledger) }.sorted { $0.slot < $1.slot }
    }

    /// Whether there are records of which nobody knows the slot, though it matters: that of notices does not.
    var isTimeless: Bool { hasLost || !early.isEmpty }

    /// One slot as a window of its source.
    ///
    /// It is covered from the recording's first record to its last: the first and the last slot are
    /// mostly partial, those between complete.
    func window(
        _ slot: Slot, of source: String, keeping limit: Int = TailRow.longest
    ) throws -> ClosedWindow? {
        guard let number = numbers[slot] else { return nil }
        return ClosedWindow(
            recorded: span ?? slot.start...slot.end, slot: slot, source: source,
            tally: try parts[number].ledger.tally(keeping: limit))
    }
}

extension ClosedWindow {
    /// A window of a recording, or of parts of one, whose records are of this span; nil without one.
    init?(
        recorded span: ClosedRange<Timestamp>?, slot: Slot, source: String, tally: Counts
    ) {
        guard let span else { return nil }
        let start = max(slot.start, min(span.lowerBound, slot.end))
        let end = max(start, min(slot.end, span.upperBound + 1))
        self.init(
            slot: slot, source: source, start: start, end: end,
            read: Double(end.seconds(since: start)), meant: Double(slot.seconds),
            tally: tally, note: tally.read.membersLeftOut.sentence ?? "")
    }
}

extension SlotLedgers {
    /// The time, in microseconds, if its day and the next can be written.
    fileprivate static func time(_ microseconds: Int64) -> Timestamp? {
        let seconds = microseconds / 1_000_000
        guard Timestamp.writable.contains(seconds), Timestamp.writable.contains(seconds + 86_400)
        else { return nil }
        return Timestamp(secondsSinceEpoch: seconds)
    }
}

extension StreamEvent {
    /// The platform's own time, if the record has one that can be written.
    fileprivate var time: Timestamp? { microseconds.flatMap(SlotLedgers.time) }
}
