import Digest
import Files
import FoundationEssentials

/// A file of `PartFormat` that has been found whole; its blocks are read one at a time, and checked each time.
struct BlockFile: Sendable {
    let path: String
    /// The same for two files of the same content.
    let identity: SHA256
    let blocks: [PartFormat.Block]
    /// The header, as JSON.
    private let header: [UInt8]
    /// Where each block begins in the file.
    private let places: [Int]

    /// What the file begins as; nil for what is none of these, or cannot be read.
    static func kind(of path: String) -> PartFormat.Kind? {
        guard let status = try? FileStatus(of: path), status.kind == .file,
            let start = try? read(path, 0..<PartFormat.magicLength)
        else { return nil }
        return PartFormat.Kind.allCases.first { $0.magic == start }
    }

    init(_ path: String, _ kind: PartFormat.Kind) throws(PartError) {
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
        guard length >= PartFormat.magicLength else {
            throw .noPart(path: path, made: kind.command)
        }
        let start = try Self.read(path, 0..<min(length, PartFormat.headLength))
        guard start.starts(with: kind.magic) else { throw .noPart(path: path, made: kind.command) }
        guard length >= PartFormat.headLength + PartFormat.footLength else {
            throw .torn(path: path)
        }
        let (version, headerLength) = start.withUnsafeBytes { bytes in
            var reader = RawReader(bytes)
            reader.move(to: PartFormat.magicLength)
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
            guard block.section < kind.sectionCount,
                (1...PartFormat.largestBlock).contains(block.byteCount)
            else { throw .unfit(path: path, reason: "a block of \(block.byteCount) bytes") }
            places.append(place)
            place += block.packedCount
        }
        guard place == end - lines else { throw .torn(path: path) }
        (self.blocks, self.places) = (blocks, places)
        header = Array(head.dropFirst(PartFormat.headLength))
        identity = PartFormat.identity(head: head, blocks)
    }

    /// The header, if it is one of these.
    func header<Header: Decodable>(
        as type: Header.Type, where isSound: (Header) -> Bool
    ) throws(PartError) -> Header {
        guard let header = try? JSONDecoder().decode(type, from: Data(header)), isSound(header)
        else { throw .unfit(path: path, reason: "a header that says what cannot be") }
        return header
    }

    /// The runs of each of these sections; the place of one is its block's number.
    func runs(of sections: Range<Int>) -> [[SpillLog.Run]] {
        var runs = [[SpillLog.Run]](repeating: [], count: sections.count)
        for (number, block) in blocks.enumerated() where sections.contains(block.section) {
            runs[block.section - sections.lowerBound].append(
                SpillLog.Run(place: number, byteCount: block.byteCount))
        }
        return runs
    }

    /// What the block of this number holds.
    func unpacked(_ number: Int) throws(TallyError) -> [UInt8] {
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
}
