import Calendar
import Decode
import Digest
import Files
import FoundationEssentials

/// A part that has been found whole; its posts are read a block at a time, and checked each time.
///
/// Whatever the bytes are, nothing that no ledger could hold goes on from here.
public struct PartFile: Sendable {
    public let path: String
    public let header: PartHeader
    /// The slot, source and counts of the header, read.
    public let slot: Slot
    public let format: PostFormat
    public let grammar: Grammar
    public let span: ClosedRange<Timestamp>?
    /// The same for two parts of the same posts.
    let identity: SHA256
    private let blocks: [PartFormat.Block]
    /// Where each block begins in the file.
    private let places: [Int]
    private(set) var languages: [[Language]] = []
    private(set) var removals: [UInt64: Int64] = [:]

    /// Whether the file begins as a part does; false for what cannot be read.
    public static func isPart(_ path: String) -> Bool {
        guard let status = try? FileStatus(of: path), status.kind == .file else { return false }
        let start = try? Self.read(path, 0..<PartFormat.magic.count)
        return start == PartFormat.magic
    }

    public init(_ path: String) throws(TallyError) {
        do throws(PartError) {
            try self.init(opening: path)
        } catch {
            throw .part(error)
        }
        try readSections()
    }

    private init(opening path: String) throws(PartError) {
        self.path = path
        let length: Int
        do throws(FileError) {
            guard let status = try FileStatus(of: path) else {
                throw FileError(.read, path, .system(2))
            }
            guard status.kind == .file else { throw FileError(.read, path, .noFile) }
            length = status.byteCount
        } catch {
            throw .file(error)
        }
        guard length >= PartFormat.magic.count else { throw .noPart(path: path) }
        let start = try Self.read(path, 0..<min(length, PartFormat.headLength))
        guard start.starts(with: PartFormat.magic) else { throw .noPart(path: path) }
        guard length >= PartFormat.headLength + PartFormat.footLength else {
            throw .torn(path: path)
        }
        let (version, headerLength) = start.withUnsafeBytes { bytes in
            var reader = RawReader(bytes)
            reader.move(to: PartFormat.magic.count)
            return (Int(reader.number(as: UInt16.self)), Int(reader.number(as: UInt32.self)))
        }
        guard version == PartFormat.version else { throw .version(path: path, found: version) }
        let headEnd = PartFormat.headLength + headerLength
        let end = length - PartFormat.footLength
        guard headerLength <= PartFormat.longestHeader, headEnd <= end else {
            throw .torn(path: path)
        }
        let head = try Self.read(path, 0..<headEnd)
        let last = try Self.read(path, end..<length)
        let count = last.withUnsafeBytes { Int($0.loadUnaligned(as: UInt32.self)) }
        let lines = count * PartFormat.Block.length
        guard lines <= end - headEnd else { throw .torn(path: path) }
        let foot = try Self.read(path, end - lines..<end) + last.prefix(4)
        guard SHA256(of: head + foot).bytes == Array(last.dropFirst(4)) else {
            throw .torn(path: path)
        }
        let blocks = foot.withUnsafeBytes { bytes in
            var reader = RawReader(bytes)
            return (0..<count).map { _ in PartFormat.Block(from: &reader) }
        }
        var places: [Int] = []
        var place = headEnd
        for block in blocks {
            guard block.section <= PartFormat.Section.languages,
                (1...PartFormat.largestBlock).contains(block.byteCount)
            else { throw .unfit(path: path, reason: "a block of \(block.byteCount) bytes") }
            places.append(place)
            place += block.packedCount
        }
        guard place == end - lines else { throw .torn(path: path) }
        (self.blocks, self.places) = (blocks, places)
        identity = PartFormat.identity(head: head, blocks)

        let json = Data(head.dropFirst(PartFormat.headLength))
        guard let header = try? JSONDecoder().decode(PartHeader.self, from: json),
            header.isSound, let format = PostFormat(rawValue: header.format),
            let grammar = Grammar(rawValue: header.grammar), header.width == 64,
            let slot = Schedule(hours: header.hours).flatMap({ schedule in
                Timestamp(header.slot).flatMap(schedule.slot(startingAt:))
            })
        else { throw .unfit(path: path, reason: "a header that says what cannot be") }
        (self.header, self.format, self.grammar, self.slot) = (header, format, grammar, slot)
        let times = [header.first, header.last].compactMap { $0.flatMap { Timestamp($0) } }
        span = times.count == 2 && times[0] <= times[1] ? times[0]...times[1] : nil
    }

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
        for (number, block) in blocks.enumerated() where block.section >= SpillLog.partitionCount {
            let bytes = try unpacked(number)
            var reader = CheckedReader(bytes, path: path)
            do throws(PartError) {
                while !reader.isAtEnd {
                    if block.section == PartFormat.Section.removals {
                        let author: UInt64 = try reader.number()
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

    /// The runs of each partition; the place of one is its block's number.
    var runs: [[SpillLog.Run]] {
        var runs = [[SpillLog.Run]](repeating: [], count: SpillLog.partitionCount)
        for (number, block) in blocks.enumerated() where block.section < SpillLog.partitionCount {
            runs[block.section].append(SpillLog.Run(place: number, byteCount: block.byteCount))
        }
        return runs
    }

    private func unpacked(_ number: Int) throws(TallyError) -> [UInt8] {
        let (block, place) = (blocks[number], places[number])
        do throws(PartError) {
            let packed = try Self.read(path, place..<place + block.packedCount)
            guard PartFormat.Block.digest(of: packed) == block.packedDigest,
                let bytes = PartFormat.unpack(packed, byteCount: block.byteCount),
                PartFormat.Block.digest(of: bytes) == block.digest
            else { throw .altered(path: path) }
            return bytes
        } catch {
            throw .part(error)
        }
    }

    private static func read(_ path: String, _ range: Range<Int>) throws(PartError) -> [UInt8] {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try WholeFile.read(path, range) } catch {
            throw .file(error)
        }
        guard bytes.count == range.count else { throw .torn(path: path) }
        return bytes
    }

    /// The entries of a run, each found to be one.
    func bytes(of run: SpillLog.Run) throws(TallyError) -> [UInt8] {
        let bytes = try unpacked(run.place)
        do throws(PartError) {
            var reader = CheckedReader(bytes, path: path)
            while !reader.isAtEnd {
                try reader.entry(in: blocks[run.place].section, languageSets: languages.count)
            }
        } catch {
            throw .part(error)
        }
        return bytes
    }
}
