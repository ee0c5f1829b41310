import CZstd
import Digest
import FoundationEssentials

/// The bytes of a part, and of what parts are made into; docs/data.md describes them.
///
/// Head: magic, version, the length of the header, the header as JSON. Blocks: runs of whole entries of one partition,
/// each compressed by itself. Foot: a line of 26 bytes for each block, how many there are, and the SHA-256 of head and
/// foot, which by the digests in the lines is one of everything. Numbers are little-endian.
enum PartFormat {
    /// What a file of this form holds.
    enum Kind: String, CaseIterable, Sendable {
        /// The posts that one recording tells of a slot.
        case part
        /// Of a share of a slot's posts, those that count: who wrote which hashtag.
        case uses
        /// Of a share of a slot's hashtags, how often and by how many each was used.
        case tags

        /// Not UTF-8, so no recording begins with it; a copy as text has lost it.
        var magic: [UInt8] { [0x89] + Array("tidemark \(rawValue)\r\n".utf8) + [0x1A, 0x0A] }

        /// What makes it.
        var command: String {
            switch self {
            case .part: "tidemark part map"
            case .uses: "tidemark part posts"
            case .tags: "tidemark part tags"
            }
        }

        var sectionCount: Int {
            switch self {
            case .part: Section.languages + 1
            case .uses: Section.authors.upperBound
            case .tags: SpillLog.partitionCount
            }
        }
    }

    /// Of a record's place in its part; 16 bits above say which part it is.
    static let orderBits = 48
    /// As many as have places of their own.
    static let mostParts = 1 << (64 - orderBits)

    static let magicLength = 18
    static let version = 1

    /// Bytes of the magic, the version and the header's length.
    static let headLength = magicLength + 6
    /// Of the number of blocks and the digest.
    static let footLength = 36
    static let longestHeader = 1 << 20
    /// Far above what one record can become.
    static let largestBlock = 256 << 20
    /// A block ends behind the entry that reaches this.
    static let blockSize = 256 << 10

    /// Behind the partitions of entries, what is of no partition.
    enum Section {
        static let removals = SpillLog.partitionCount
        static let languages = removals + 1
        /// Of uses: the partitions of their authors.
        static let authors = SpillLog.partitionCount..<2 * SpillLog.partitionCount
    }

    /// A line of the foot.
    struct Block: Hashable, Sendable {
        static let length = 26

        /// A partition, or a section.
        var section: Int
        var byteCount: Int
        var packedCount: Int
        /// The first eight bytes of the SHA-256 of what is packed, and of what it is packed into.
        var digest: UInt64
        var packedDigest: UInt64

        init(of bytes: [UInt8], packed: [UInt8], in section: Int) {
            (self.section, byteCount, packedCount) = (section, bytes.count, packed.count)
            digest = Self.digest(of: bytes)
            packedDigest = Self.digest(of: packed)
        }

        init(from reader: inout RawReader) {
            section = Int(reader.number(as: UInt16.self))
            byteCount = Int(reader.number(as: UInt32.self))
            packedCount = Int(reader.number(as: UInt32.self))
            digest = reader.number()
            packedDigest = reader.number()
        }

        func write(to bytes: inout [UInt8]) {
            bytes.append(number: UInt16(section))
            bytes.append(number: UInt32(byteCount))
            bytes.append(number: UInt32(packedCount))
            bytes.append(number: digest)
            bytes.append(number: packedDigest)
        }

        static func digest(of bytes: [UInt8]) -> UInt64 {
            SHA256(of: bytes).bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
        }
    }

    /// Hashes hardly compress: what is sought harder for costs time, and saves a tenth.
    private static let level: Int32 = -3

    /// One Zstandard frame (RFC 8878) of the bytes; nil if there is no memory for it.
    static func pack(_ bytes: [UInt8]) -> [UInt8]? {
        var isPacked = false
        let packed = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) {
            buffer, count in
            let got = ZSTD_compress(buffer.baseAddress, buffer.count, bytes, bytes.count, level)
            isPacked = ZSTD_isError(got) == 0
            count = isPacked ? got : 0
        }
        return isPacked ? packed : nil
    }

    /// The bytes of one frame, of which there are just so many; nil for anything else.
    static func unpack(_ packed: [UInt8], byteCount: Int) -> [UInt8]? {
        guard ZSTD_getFrameContentSize(packed, packed.count) == UInt64(byteCount) else {
            return nil
        }
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let got = ZSTD_decompress(buffer.baseAddress, byteCount, packed, packed.count)
            isWhole = got == byteCount
            count = isWhole ? byteCount : 0
        }
        return isWhole ? bytes : nil
    }
}

extension PartFormat {
    /// What stands before the first block; nil if it would be too long to be read.
    static func head(of header: some Encodable, _ kind: Kind = .part) -> [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(header), json.count <= longestHeader else {
            return nil
        }
        var head = kind.magic
        head.append(number: UInt16(version))
        head.append(number: UInt32(json.count))
        return head + json
    }

    /// What a part is, however its blocks are compressed.
    static func identity(head: [UInt8], _ blocks: [Block]) -> SHA256 {
        var bytes = head
        for block in blocks {
            var block = block
            (block.packedCount, block.packedDigest) = (0, 0)
            block.write(to: &bytes)
        }
        return SHA256(of: bytes)
    }
}
