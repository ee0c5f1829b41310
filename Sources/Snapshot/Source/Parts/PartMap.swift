import Archive
import Calendar
import Decode
import Files
import Synchronization
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

    /// A recording, and the name of its parts.
    public struct Split: Hashable, Sendable {
        public enum Origin: Hashable, Sendable {
            /// `-` for standard input.
            case file(String)
            case messages(TopicRange)
        }

        public var origin: Origin
        public var name: String

        public init(_ origin: Origin, name: String) { (self.origin, self.name) = (origin, name) }

        public init(path: String, name: String) { self.init(.file(path), name: name) }

        /// For people.
        var shown: String {
            switch origin {
            case .file(let path): path
            case .messages(let range): "\(range)"
            }
        }
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
    ///
    /// Beside the part of a range of a topic, `NAME.extent` tells how much of the slot was in it; a range of which nothing is
    /// left makes `FOLDER/NAME.lost`.
    ///
    /// - Parameter topic: what ranges are read from.
    public func map(
        _ splits: [Split], of topic: OpenTopic? = nil, to folder: String,
        workers: Int = Parallel.coreCount
    ) throws -> [Made] {
        let workers = max(1, min(workers, splits.count))
        // As parts are ordered, and begun in this order.
        let order = splits.enumerated().sorted { $0.element.name < $1.element.name }
        let next = Atomic(0)
        let queue = Mutex(SplitQueue())
        let made = try Parallel.map(workers) { _ in
            var made: [(Int, [Made])] = []
            while case let number = next.add(1, ordering: .relaxed).oldValue, number < order.count {
                let split = order[number]
                let (ledgers, extents) = try read(split.element, of: topic, among: workers)
                if let extents {
                    // Every message has a time.
                    let parts = try write(ledgers, extents, of: split.element, to: folder)
                    made.append((split.offset, parts))
                    continue
                }
                for (number, ledgers) in queue.withLock({ $0.add(ledgers, at: number) }) {
                    let split = order[number]
                    made.append((split.offset, try write(ledgers, of: split.element, to: folder)))
                }
            }
            return made
        }
        let rest = try queue.withLock { queue in
            try queue.end { try neighbour(of: order[$0].element.name, in: folder) }
        }.map { number, ledgers in
            let split = order[number]
            return (split.offset, try write(ledgers, of: split.element, to: folder))
        }
        return (made.joined() + rest).sorted { $0.0 < $1.0 }.flatMap(\.1)
    }

    /// What a split tells, and of a range of a topic how much of each slot was in it.
    private func read(
        _ split: Split, of topic: OpenTopic?, among workers: Int
    ) throws -> (SlotLedgers, TopicLedgers?) {
        let tails = width == .wide ? secret.tails : nil
        var ledgers = SlotLedgers(
            rules: rules, schedule: schedule, slot: slot,
            byteBudget: PostLedger.standardBudget / workers, tails: tails
        ) { [self] in secret.seal(slot: $0, source: source, name: split.name, format: format) }
        var topicLedgers: TopicLedgers?
        // The identity only looks at the second halves.
        try withExtendedLifetime(tails) {
            let identity = secret.identity(tails)
            switch split.origin {
            case .file(let path):
                try RecordedFile(
                    FilePortion(path: path), format: format, grammar: grammar,
                    links: rules.context?.links
                ).read(identity: identity, to: &ledgers)
            case .messages(let range):
                guard let topic else { return }
                var read = TopicLedgers(ledgers)
                try range.read(
                    from: topic, identity: identity, links: rules.context?.links, to: &read)
                ledgers = read.ledgers
                topicLedgers = read
            }
        }
        return (ledgers, topicLedgers)
    }

    private func write(
        _ ledgers: SlotLedgers, _ extents: TopicLedgers? = nil, of split: Split, to folder: String
    ) throws -> [Made] {
        var ledgers = ledgers
        ledgers.endFile()
        guard !ledgers.isTimeless else {
            throw PartError.timeless(path: split.shown, recordCount: ledgers.recordCount)
        }
        if let extents, extents.isLost {
            try Folder.make(folder)
            try WholeFile.write([], to: "\(folder)/\(split.name)\(Self.lostEnding)")
        }
        return try ledgers.ledgers.map { slot, ledger in
            let path = "\(folder)/\(Self.name(of: slot))/\(split.name)"
            let header = PartHeader(
                slot: slot, source: source, name: split.name, order: order, span: ledgers.span,
                format: format, grammar: grammar ?? format.grammar, rules: rules, tables: tables,
                secret: secret, width: width)
            if let extents {
                try Folder.make(FilePlace.folder(of: path))
                try TopicExtentFile(
                    extents.extent(of: slot), partitionCount: extents.partitionCount
                ).write(to: path + TopicExtentFile.ending)
            }
            try ledger.write(partOf: header, to: path + ".part", replacing: replaces)
            return Made(
                path: path + ".part", slot: slot, records: ledger.read.records,
                deliveries: ledger.read.deliveries, invalid: ledger.read.invalid,
                note: ledger.read.membersLeftOut.sentence)
        }
    }

    /// The slot of the part that lies before that of a split, or else of the first one behind it; nil if the folder has none.
    private func neighbour(of name: String, in folder: String) throws -> Slot? {
        let parts = try PartFolder.parts(below: folder).filter {
            $0.header.source == source && schedule.slot(startingAt: $0.slot.start) == $0.slot
        }
        .sorted {
            ($0.header.order, $0.header.name, $0.slot) < ($1.header.order, $1.header.name, $1.slot)
        }
        // With its own, so that a step that is repeated makes the same again.
        let before = parts.last { ($0.header.order, $0.header.name) <= (order, name) }
        return (before ?? parts.first)?.slot
    }

    static let lostEnding = ".lost"

    /// The folder of a slot's parts, `20261122T18Z`.
    public static func name(of slot: Slot) -> String { name(startingAt: slot.start) }

    /// The same of a slot that starts then.
    public static func name(startingAt start: Timestamp) -> String {
        let text = "\(start)".utf8
        return String(decoding: text.filter { $0 != UInt8(ascii: "-") }.prefix(11), as: UTF8.self)
            + "Z"
    }
}
