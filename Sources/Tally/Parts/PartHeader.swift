import Calendar
import Decode
import Digest
import Hashtags
import Links
import Text

/// What a part says of itself. What has to be the same in all parts of a slot is text, to be compared and shown.
public struct PartHeader: Codable, Hashable, Sendable {
    /// The start of the slot, `2026-11-22T18:00:00Z`, and how many hours it has.
    public var slot: String
    public var hours: Int
    /// The source's name in the archive.
    public var source: String
    /// The split that it was made of: all that is of one name and slot is one part.
    public var name: String
    /// Where it stands among the parts of its slot; those of one number are in the order of their names.
    public var order: Int
    /// The first and last times that the split tells, of whatever slot; nil if it tells none.
    public var first: String?
    public var last: String?
    public var format: String
    public var grammar: String
    /// The rules by which posts were left out, as `CountingRules.mapping` has them.
    public var rules: String
    /// The rules by which links were kept.
    public var links: String
    /// The version of the tables that hashtags are folded by.
    public var tables: String
    /// `PartSecret.fingerprint` of the secret that its ids were hashed with.
    public var secret: String
    /// Bits of a hash, 64 or 128.
    public var width: Int
    /// The ledger's, once it is written.
    var read = Read()

    /// What was read, as far as it is known before parts are put together.
    struct Read: Codable, Hashable, Sendable {
        var records = 0
        var invalid = 0
        var mistimed = 0
        var notices = 0
        var deletes = 0
        var accountRemovals = 0
        var deliveries = 0
        var edits = 0
        var scanned = 0
        var unsampled = 0
        /// Nil if there are none.
        var leftOut: MembersLeftOut?
    }

    /// - Parameter tables: the version of the Unicode Standard.
    public init(
        slot: Slot, source: String, name: String, order: Int, span: ClosedRange<Timestamp>?,
        format: PostFormat, grammar: Grammar, rules: CountingRules, tables: String,
        secret: PartSecret, width: PartWidth = .narrow
    ) {
        self.width = width.rawValue
        (self.slot, hours) = ("\(slot.start)", slot.hours)
        (self.source, self.name, self.order) = (source, name, order)
        (first, last) = (span.map { "\($0.lowerBound)" }, span.map { "\($0.upperBound)" })
        (self.format, self.grammar) = (format.rawValue, grammar.rawValue)
        (self.rules, links, self.tables) = (rules.mapping, rules.linkMapping, tables)
        self.secret = secret.fingerprint
    }

    /// Whether a name of a source or split is of letters, digits, `.`, `_` and `-`, and no more than 100 of them.
    public static func isName(_ name: String) -> Bool {
        (1...100).contains(name.utf8.count) && !name.utf8.starts(with: [UInt8(ascii: ".")])
            && name.utf8.allSatisfy {
                $0.isASCIIDigit || $0.isASCIILetter || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
            }
    }

    /// Whether it says nothing that no part could.
    var isSound: Bool {
        read.isSound && Self.isName(source) && Self.isName(name)
            && (0...Self.highestOrder).contains(order) && PartWidth(rawValue: width) != nil
    }

    public static let highestOrder = 1 << 53

    /// The first thing that it says otherwise than `other`, and may not; of links only if both are asked for.
    func difference(
        from other: PartHeader
    ) -> (PartError.Difference, its: String, expected: String)? {
        let compared: [(PartError.Difference, String, String)] = [
            (.secret, secret, other.secret), (.tables, tables, other.tables),
            (.width, "\(width)", "\(other.width)"), (.format, format, other.format),
            (.grammar, grammar, other.grammar), (.source, source, other.source),
            (.slot, "\(slot), \(hours) h", "\(other.slot), \(other.hours) h"),
            (.rules, rules, other.rules), (.links, links, other.links),
        ]
        return compared.first { $0.1 != $0.2 }
    }
}

/// To how many bits ids are hashed.
public enum PartWidth: Int, CaseIterable, Sendable {
    case narrow = 64
    case wide = 128

    /// Of so many posts in a slot two share 64 bits with a chance of one in a hundred.
    static let mostNarrow = 600_000_000

    /// What is to be said of so many posts in a slot, whose ids have this width; nil if nothing is.
    public func doubt(of posts: Int) -> String? {
        guard self == .narrow, posts > Self.mostNarrow else { return nil }
        let pairs = Double(posts) * Double(posts) / 2
        let odds = max(1, Int((0x1p64 / pairs).rounded()))
        return
            "\(posts) posts, and their ids are hashed to 64 bits: the odds that two of them count as one are 1 in "
            + "\(odds); above \(Self.mostNarrow / 1_000_000) million posts in a period map with --hash-bits 128"
    }
}

extension PartHeader.Read {
    /// More than any split has, so that sums cannot run over.
    private static let most = 1 << 48

    init(_ read: ReadCounts) {
        (records, invalid, mistimed) = (read.records, read.invalid, read.mistimed)
        (notices, deletes) = (read.notices, read.deletes)
        accountRemovals = read.accountRemovals
        (deliveries, edits, scanned) = (read.deliveries, read.edits, read.scanned)
        unsampled = read.unsampled
        leftOut = read.membersLeftOut.isEmpty ? nil : read.membersLeftOut
    }

    var isSound: Bool {
        [
            records, invalid, mistimed, notices, deletes, accountRemovals, deliveries, edits,
            scanned, unsampled,
        ].allSatisfy { (0...Self.most).contains($0) } && leftOut?.isSound ?? true
    }

    var counts: ReadCounts {
        var read = ReadCounts()
        (read.records, read.invalid, read.mistimed) = (records, invalid, mistimed)
        (read.notices, read.deletes) = (notices, deletes)
        read.accountRemovals = accountRemovals
        (read.deliveries, read.edits, read.scanned) = (deliveries, edits, scanned)
        read.unsampled = unsampled
        read.membersLeftOut = leftOut ?? MembersLeftOut()
        return read
    }
}

extension CountingRules {
    /// The rules that decide which posts a ledger leaves out; those of lists come later, when it is counted.
    var mapping: String {
        let languages = languages.map { $0.map { "\($0)" }.sorted().joined(separator: "+") }
        func word(_ isOn: Bool) -> String { isOn ? "yes" : "no" }
        return
            "languages \(languages ?? "all"), reposts \(word(includeReposts)), max-tags \(maxTags), "
            + "sensitive \(word(includeSensitive)), bots \(word(includeBots)), sample \(sample.oneIn)"
    }

    /// The rules that decide which links it keeps.
    var linkMapping: String {
        guard let links = context?.links else { return "none" }
        guard !links.blocked.isEmpty else { return "all" }
        let hosts = links.blocked.sorted().joined(separator: "\n")
        return "without hosts \(SHA256(of: hosts.utf8).hex.prefix(16))"
    }
}
