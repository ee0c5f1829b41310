import Calendar
import Decode
import Digest

/// A part that has been found whole; its posts are read a block at a time, and checked each time.
///
/// Whatever the bytes are, nothing that no ledger could hold goes on from here.
public struct PartFile: Sendable {
    public internal(set) var header: PartHeader
    /// The slot, source and counts of the header, read.
    public let slot: Slot
    public let format: PostFormat
    public let grammar: Grammar
    public let span: ClosedRange<Timestamp>?
    private let file: BlockFile
    private(set) var languages: [[Language]] = []
    private(set) var removals: [AccountID: Int64] = [:]

    /// Whether the file begins as a part does; false for what cannot be read.
    public static func isPart(_ path: String) -> Bool { BlockFile.kind(of: path) == .part }

    public init(_ path: String) throws(TallyError) {
        do throws(PartError) {
            try self.init(opening: path)
        } catch {
            throw .part(error)
        }
        try readSections()
    }

    private init(opening path: String) throws(PartError) {
        file = try BlockFile(path, .part)
        let header = try file.header(as: PartHeader.self) { $0.isSound }
        guard let format = PostFormat(rawValue: header.format),
            let grammar = Grammar(rawValue: header.grammar),
            let slot = Schedule(hours: header.hours).flatMap({ schedule in
                Timestamp(header.slot).flatMap(schedule.slot(startingAt:))
            })
        else { throw .unfit(path: path, reason: "a header that says what cannot be") }
        (self.header, self.format, self.grammar, self.slot) = (header, format, grammar, slot)
        let times = [header.first, header.last].compactMap { $0.flatMap { Timestamp($0) } }
        span = times.count == 2 && times[0] <= times[1] ? times[0]...times[1] : nil
    }

    public var path: String { file.path }
    var isWide: Bool { header.width == PartWidth.wide.rawValue }

    /// The same for two parts of the same posts.
    var identity: SHA256 { file.identity }

    /// Whether the other is a part of the same posts.
    public func isSame(as other: PartFile) -> Bool { identity == other.identity }

    /// Throws unless its posts are of this format, and of this grammar; nil for whichever they are of.
    public func require(format: PostFormat?, grammar: Grammar?) throws(TallyError) {
        if let format, format != self.format {
            throw .part(
                .other(
                    path: path, what: .format, its: header.format, expected: format.rawValue))
        }
        if let grammar, grammar != self.grammar {
            throw .part(
                .other(
                    path: path, what: .grammar, its: header.grammar, expected: grammar.rawValue))
        }
    }

    private mutating func readSections() throws(TallyError) {
        for (number, block) in file.blocks.enumerated()
        where block.section >= SpillLog.partitionCount {
            let bytes = try file.unpacked(number)
            var reader = CheckedReader(bytes, path: path)
            do throws(PartError) {
                while !reader.isAtEnd {
                    if block.section == PartFormat.Section.removals {
                        var author = AccountID(head: try reader.number(), tail: 0)
                        if isWide { author.tail = try reader.number() }
                        removals[author] = try reader.number()
                    } else {
                        languages.append(try reader.languages())
                    }
                }
            } catch {
                throw .part(error)
            }
        }
    }

    /// The runs of each partition.
    var runs: [[SpillLog.Run]] { file.runs(of: 0..<SpillLog.partitionCount) }

    /// The entries of a run, each found to be one.
    func bytes(of run: SpillLog.Run) throws(TallyError) -> [UInt8] {
        let bytes = try file.unpacked(run.place)
        do throws(PartError) {
            var reader = CheckedReader(bytes, path: path)
            while !reader.isAtEnd {
                try reader.entry(
                    in: file.blocks[run.place].section, languageSets: languages.count,
                    isWide: isWide)
            }
        } catch {
            throw .part(error)
        }
        return bytes
    }
}
