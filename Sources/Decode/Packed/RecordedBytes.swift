import Files

/// What is recorded in a file: its bytes, unpacked, or those of each member of the archive that it is.
///
/// Compressed members of an archive that may itself be compressed are read; whatever is packed further is
/// refused. What something is, is told by its first bytes.
public struct RecordedBytes {
    /// A recording: all of a file, or a member.
    public struct Part {
        /// The file's path.
        let file: String
        /// The member's name; nil of a file that is no archive.
        let member: String?
        /// False for what certainly holds no post: pictures, links and their like.
        let isText: Bool
        public var bytes: any ByteReader

        /// The file's path, and behind a colon the member's name.
        public var path: String { member.map { "\(file): \($0)" } ?? file }
    }

    private enum Content {
        case file(PeekedBytes)
        case archive(ArchiveReader)
        case nothing
    }

    private let path: String
    private let expansion = Expansion()
    private var content: Content

    /// `-` is standard input.
    public init(path: String) throws(DecodeError) {
        let plain = try PlainBytes(path: path, expansion: expansion)
        self.path = plain.path
        var opened = try Self.opened(plain, path: plain.path, expansion)
        switch opened.packing {
        case .zip
        where ZipTrailer(endOf: try opened.bytes.peek(Packing.startCount))?.memberCount == 0:
            // Of nothing, which libarchive does not know for a zip.
            content = .nothing
        case .tar, .zip:
            let isZip = if case .zip = opened.packing { true } else { false }
            let isFile =
                !opened.isUnpacked && path != "-" && (try? plain.file.status().kind) == .file
            content = .archive(
                try ArchiveReader(
                    of: opened.bytes, isZip: isZip, path: plain.path,
                    file: isFile ? plain.file : nil, expansion: expansion))
        default:
            let start = try opened.bytes.peek(Packing.startCount)
            try Self.check(start, path: plain.path)
            content = .file(opened.bytes)
        }
    }

    /// The next recording, nil behind the last. It can be read until this is called again.
    public mutating func next() throws(DecodeError) -> Part? {
        switch content {
        case .nothing: return nil
        case .file(let bytes):
            content = .nothing
            return Part(file: path, member: nil, isText: true, bytes: bytes)
        case .archive(let archive):
            while let member = try archive.next() {
                let file = path
                let path = "\(file): \(member.name)"
                let content = MemberBytes(archive: archive, path: path)
                guard member.isFile else {
                    return Part(file: file, member: member.name, isText: false, bytes: content)
                }
                var opened = try Self.opened(content, path: path, expansion)
                switch opened.packing {
                case .tar, .zip:
                    throw .refused(
                        path: path,
                        reason: "is an archive in an archive; unpack the outer one first")
                default: break
                }
                let start = try opened.bytes.peek(Packing.startCount)
                if Packing.isOfMac(start) { continue }
                try Self.check(start, path: path)
                return Part(
                    file: file, member: member.name, isText: Packing.isText(start),
                    bytes: opened.bytes)
            }
            content = .nothing
            return nil
        }
    }

    /// Throws if they are no text, though the name says that they are packed: what would tell how is damaged.
    private static func check(_ start: [UInt8], path: String) throws(DecodeError) {
        guard !Packing.isText(start), let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")),
            Packing.endings.contains(path[dot...].lowercased())
        else { return }
        throw .damaged(path: path, reason: "they do not begin as any that are read")
    }

    /// The bytes without the compression around them, and what they are then.
    private static func opened(
        _ bytes: any ByteReader, path: String, _ expansion: Expansion
    ) throws(DecodeError) -> (bytes: PeekedBytes, packing: Packing, isUnpacked: Bool) {
        var packed = PeekedBytes(bytes)
        let packing = try readable(&packed, path: path)
        let unpacker: (any Unpacker)?
        do throws(UnpackingFault) { unpacker = try packing.unpacker() } catch {
            throw error.error(path: path)
        }
        guard let unpacker else { return (packed, packing, false) }
        var unpacked = PeekedBytes(
            UnpackedBytes(of: packed, by: unpacker, path: path, expansion: expansion))
        let inner = try readable(&unpacked, path: path)
        switch inner {
        case .none, .tar, .zip: return (unpacked, inner, true)
        default: throw .refused(path: path, reason: "is compressed twice; unpack it once")
        }
    }

    private static func readable(
        _ bytes: inout PeekedBytes, path: String
    ) throws(DecodeError) -> Packing {
        let packing = Packing(of: try bytes.peek(Packing.startCount))
        if case .unreadable(let name) = packing {
            throw .refused(
                path: path,
                reason: "is \(name), which is not read; give the posts in it as they are")
        }
        return packing
    }
}

/// The content of the member that an archive's reader is at.
private struct MemberBytes: ByteReader {
    let archive: ArchiveReader
    let path: String

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        try archive.read(into: buffer, path: path)
    }
}
