import Archive
import Calendar
import Decode
import Tally
import Tasks

/// Makes parts of recorded posts, a file for each split and slot: what `tidemark part map` does.
public struct PartMap: Sendable {
    public var format: PostFormat
    /// Finds hashtags where a post's own structure is absent; nil for the format's own.
    public var grammar: Grammar?
    public var rules: CountingRules
    /// The version of the Unicode Standard that hashtags are folded by.
    public var tables: String
    public var secret: PartSecret
    public var source: String
    public var schedule: Schedule
    /// The slot that everything is of, whatever the posts tell; nil if they tell it.
    public var slot: Slot?
    /// Where the splits stand among all of a slot; those of one number are in the order of their names.
    public var order: Int
    /// Whether a part of other posts gives way.
    public var replaces: Bool
    /// To how many bits ids are hashed.
    public var width: PartWidth

    public init(
        format: PostFormat, grammar: Grammar?, rules: CountingRules, tables: String,
        secret: PartSecret, source: String, schedule: Schedule, slot: Slot? = nil, order: Int = 0,
        replaces: Bool = false, width: PartWidth = .narrow
    ) {
        self.width = width
        (self.format, self.grammar, self.rules) = (format, grammar, rules)
        (self.tables, self.secret, self.source) = (tables, secret, source)
        (self.schedule, self.slot) = (schedule, slot)
        (self.order, self.replaces) = (order, replaces)
    }

    /// A recording, `-` for standard input, and the name of its parts.
    public struct Split: Hashable, Sendable {
        public var path: String
        public var name: String

        public init(path: String, name: String) { (self.path, self.name) = (path, name) }
    }

    /// A part that is there now.
    public struct Made: Hashable, Sendable {
        public var path: String
        public var slot: Slot
        /// Of what was read.
        public var records: Int
        /// Of these, posts, and all that is not what the format says.
        public var deliveries: Int
        public var invalid: Int
        /// What happened to the split, for people; nil if nothing did.
        public var note: String?
    }

    /// Reads the splits side by side and writes each one's parts: `FOLDER/20261122T18Z/NAME.part`, in their order.
    public func map(
        _ splits: [Split], to folder: String, workers: Int = Parallel.coreCount
    ) throws -> [Made] {
        let workers = max(1, min(workers, splits.count))
        let made = try Parallel.map(workers) { worker in
            try stride(from: worker, to: splits.count, by: workers).map { number in
                (number, try map(splits[number], to: folder, among: workers))
            }
        }
        return made.joined().sorted { $0.0 < $1.0 }.flatMap(\.1)
    }

    private func map(_ split: Split, to folder: String, among workers: Int) throws -> [Made] {
        let tails = width == .wide ? secret.tails : nil
        var ledgers = SlotLedgers(
            rules: rules, schedule: schedule, slot: slot,
            byteBudget: PostLedger.standardBudget / workers, tails: tails
        ) { [self] in secret.seal(slot: $0, source: source, name: split.name, format: format) }
        let file = RecordedFile(
            FilePortion(path: split.path), format: format, grammar: grammar,
            links: rules.context?.links)
        // The identity only looks at the second halves.
        try withExtendedLifetime(tails) {
            try file.read(identity: secret.identity(tails), to: &ledgers)
        }
        guard !ledgers.isTimeless else {
            throw PartError.timeless(path: split.path, recordCount: ledgers.recordCount)
        }
        return try ledgers.ledgers.map { slot, ledger in
            let path = "\(folder)/\(Self.name(of: slot))/\(split.name).part"
            let header = PartHeader(
                slot: slot, source: source, name: split.name, order: order, span: ledgers.span,
                format: format, grammar: grammar ?? format.grammar, rules: rules, tables: tables,
                secret: secret, width: width)
            try ledger.write(partOf: header, to: path, replacing: replaces)
            return Made(
                path: path, slot: slot, records: ledger.read.records,
                deliveries: ledger.read.deliveries, invalid: ledger.read.invalid,
                note: ledgers.note)
        }
    }

    /// The folder of a slot's parts, `20261122T18Z`.
    public static func name(of slot: Slot) -> String {
        let text = "\(slot.start)".utf8
        return String(decoding: text.filter { $0 != UInt8(ascii: "-") }.prefix(11), as: UTF8.self)
            + "Z"
    }
}
