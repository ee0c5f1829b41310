import Digest
import Files

/// Writes a file of `PartFormat`, a block at a time.
struct BlockWriting: ~Copyable {
    private let file: NewFile
    private let path: String
    private let head: [UInt8]
    private var blocks: [PartFormat.Block] = []

    init(
        _ header: some Encodable, _ kind: PartFormat.Kind = .part, to path: String
    ) throws(TallyError) {
        guard let head = PartFormat.head(of: header, kind) else {
            throw .part(.unfit(path: path, reason: "a header that is too long"))
        }
        let file: NewFile
        do throws(FileError) { file = try NewFile(path) } catch { throw .part(.file(error)) }
        self.file = file
        (self.path, self.head) = (path, head)
    }

    /// Writes what stands before the first block.
    func begin() throws(TallyError) { try write(head) }

    /// Appends whole entries of a section as one block; none if there are none.
    mutating func append(_ bytes: [UInt8], to section: Int) throws(TallyError) {
        if bytes.isEmpty { return }
        guard bytes.count <= PartFormat.largestBlock, let packed = PartFormat.pack(bytes) else {
            throw .part(.unfit(path: path, reason: "\(bytes.count) bytes that belong together"))
        }
        try write(packed)
        blocks.append(PartFormat.Block(of: bytes, packed: packed, in: section))
    }

    /// Appends what logs hold of a partition, in blocks.
    mutating func append(
        _ partition: Int, of logs: [SpillLog], to section: Int
    ) throws(TallyError) {
        var block: [UInt8] = []
        for log in logs {
            try log.read(partition) { bytes throws(TallyError) in
                block += bytes
                guard block.count >= PartFormat.blockSize else { return }
                try append(block, to: section)
                block.removeAll(keepingCapacity: true)
            }
        }
        try append(block, to: section)
    }

    /// The file takes its place. False if another file has it, and is not to be replaced.
    func finish(replacing: Bool) throws(TallyError) -> Bool {
        var foot: [UInt8] = []
        for block in blocks { block.write(to: &foot) }
        foot.append(number: UInt32(blocks.count))
        try write(foot + SHA256(of: head + foot).bytes)
        do throws(FileError) {
            return try file.takePlace(replacing: replacing)
        } catch {
            throw .part(.file(error))
        }
    }

    var identity: SHA256 { PartFormat.identity(head: head, blocks) }

    private func write(_ bytes: [UInt8]) throws(TallyError) {
        do throws(FileError) { try file.write(bytes) } catch { throw .part(.file(error)) }
    }
}
