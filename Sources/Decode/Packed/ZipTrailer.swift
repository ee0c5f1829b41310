import Files
import Glibc

/// The end of a zip: how many members its table of contents has, and how many bytes that takes
/// (APPNOTE.TXT 4.3.16, "end of central directory record").
struct ZipTrailer {
    private static let length = 22
    /// Bytes of a trailer with the longest comment.
    static let longest = length + 0xFFFF

    /// 0xFFFF where there are so many or more.
    let memberCount: Int
    private let tableByteCount: Int
    private let commentByteCount: Int

    static let missing =
        "its table of contents does not stand at its end, so that is missing, or something follows it"

    /// Nil unless the bytes end with a trailer.
    init?(endOf bytes: [UInt8]) {
        func number(_ offset: Int, _ count: Int) -> Int {
            bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        let place = stride(from: bytes.count - Self.length, through: 0, by: -1).first { offset in
            bytes[offset...].starts(with: [0x50, 0x4B, 0x05, 0x06])
                && offset + Self.length + number(offset + 20, 2) == bytes.count
        }
        guard let place else { return nil }
        memberCount = number(place + 10, 2)
        tableByteCount = number(place + 12, 4)
        commentByteCount = number(place + 20, 2)
    }

    /// That of a regular file, which is at its start again afterwards.
    init(of file: FileReader) throws(DecodeError) {
        var end: [UInt8] = []
        do throws(FileError) {
            let length = try file.seek(by: 0, from: SEEK_END)
            try file.seek(by: max(0, length - Self.longest), from: SEEK_SET)
            _ = try file.readPieces { end += $0 }
            try file.seek(by: 0, from: SEEK_SET)
        } catch {
            throw .file(error)
        }
        guard let trailer = ZipTrailer(endOf: end) else {
            throw .cutArchive(path: file.path, Self.missing)
        }
        self = trailer
    }

    /// Whether libarchive, which looks for the trailer in the last 16 KiB and reads the table into memory,
    /// would find it, and keep little: that of a hundred thousand members.
    var hasReadableTable: Bool { tableByteCount <= 8 << 20 && commentByteCount < 15 << 10 }
}
