import Decode
import Digest
import Files

/// Writes a part, a block at a time.
struct PartWriting: ~Copyable {
    private let file: NewFile
    private let path: String
    private let head: [UInt8]
    private var blocks: [PartFormat.Block] = []

    init(_ header: PartHeader, to path: String) throws(TallyError) {
        guard let head = PartFormat.head(of: header) else {
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

    /// The part takes its place. False if another file has it, and is not to be replaced.
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

extension PostLedger {
    /// Writes what the ledger holds as a part, at a path whose folder need not be there; nobody else may read it.
    ///
    /// It is there whole or not at all. The same part again changes nothing; another of that name is refused unless
    /// it is to be replaced. The same records make the same part, whenever and wherever.
    public func write(
        partOf header: PartHeader, to path: String, replacing: Bool = false
    ) throws(TallyError) {
        var header = header
        header.read = PartHeader.Read(read)
        var writing = try PartWriting(header, to: path)
        try writing.begin()
        for partition in 0..<SpillLog.partitionCount {
            var block: [UInt8] = []
            try log.read(partition) { bytes throws(TallyError) in
                block += bytes
                guard block.count >= PartFormat.blockSize else { return }
                try writing.append(block, to: partition)
                block.removeAll(keepingCapacity: true)
            }
            try writing.append(block, to: partition)
        }
        try writing.append(encodedRemovals, to: PartFormat.Section.removals)
        try writing.append(languageSets.encoded, to: PartFormat.Section.languages)
        guard try !writing.finish(replacing: replacing) else { return }
        let known = try PartFile(path).identity
        if known != writing.identity { throw .part(.taken(path: path)) }
    }

    private var encodedRemovals: [UInt8] {
        var bytes: [UInt8] = []
        for (author, time) in removals.sorted(by: { $0.key < $1.key }) {
            bytes.append(number: author)
            bytes.append(number: time)
        }
        return bytes
    }
}

extension LanguageSets {
    /// The sets in the order of their numbers: of each how many it has, and each as counted text.
    fileprivate var encoded: [UInt8] {
        var bytes: [UInt8] = []
        for number in 0..<count {
            let languages = self[UInt16(number)]
            bytes.append(number: UInt32(languages.count))
            for language in languages {
                Array("\(language)".utf8).withUnsafeBytes { bytes.append(counted: $0) }
            }
        }
        return bytes
    }
}
