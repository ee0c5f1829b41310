import CArchive
import Files
import Glibc

/// The members of a tar or a zip, one after the other, as libarchive finds them; nothing is extracted.
///
/// libarchive is handed the archive as it is when no compression is left around it: its own readers of
/// gzip and bzip2 compare no checksum or read over what follows, and that of xz takes any window. Owns
/// libarchive's reader; one thread at a time.
final class ArchiveReader {
    /// What a member is named, and is.
    struct Member {
        var name: String
        /// False for links, devices and their like, which have no content of their own.
        var isFile: Bool
    }

    private let path: String
    private let archive: OpaquePointer
    private let input: ArchiveInput
    private let expansion: Expansion
    private let isZip: Bool
    /// What a zip says of itself; nil where that cannot be read before its members.
    private let trailer: ZipTrailer?
    private var memberCount = 0

    /// Content of the member that has been unpacked, where in it that begins, and how much has been read.
    private var block = UnsafeRawBufferPointer(start: nil, count: 0)
    private var blockOffset = 0
    private var position = 0

    /// - Parameters:
    ///   - isZip: false for a tar.
    ///   - file: the regular file that is the archive, if it can be read from any place: the table of
    ///     contents at a zip's end tells of members what nothing else does.
    init(
        of bytes: any ByteReader, isZip: Bool, path: String, file: FileReader?, expansion: Expansion
    ) throws(DecodeError) {
        // Before there is anything to free.
        var trailer: ZipTrailer?
        if isZip, let file { trailer = try ZipTrailer(of: file) }
        guard let archive = archive_read_new() else {
            throw UnpackingFault.noMemory.error(path: path)
        }
        self.archive = archive
        self.path = path
        self.isZip = isZip
        self.expansion = expansion
        self.trailer = trailer
        if isZip, let file {
            let seekable = trailer?.hasReadableTable == true ? file : nil
            input = ArchiveInput(
                PlainBytes(file, expansion: expansion), path: path, file: seekable, isZip: true)
            _ =
                seekable == nil
                ? archive_read_support_format_zip_streamable(archive)
                : archive_read_support_format_zip_seekable(archive)
        } else if isZip {
            input = ArchiveInput(bytes, path: path, isZip: true, keepsEnd: true)
            archive_read_support_format_zip_streamable(archive)
        } else {
            input = ArchiveInput(bytes, path: path, isZip: false)
            archive_read_support_format_tar(archive)
            archive_read_set_options(archive, "read_concatenated_archives")
        }
        try open(isSeekable: trailer?.hasReadableTable == true)
    }

    deinit { archive_read_free(archive) }

    private func open(isSeekable: Bool) throws(DecodeError) {
        archive_read_set_callback_data(archive, Unmanaged.passUnretained(input).toOpaque())
        archive_read_set_read_callback(archive) { _, data, block in
            guard let input = ArchiveInput.from(data), let read = input.next() else {
                return Int(ARCHIVE_FATAL)
            }
            block?.pointee = read.baseAddress
            return read.count
        }
        if isSeekable {
            archive_read_set_seek_callback(archive) { _, data, offset, origin in
                ArchiveInput.from(data)?.seek(by: Int(offset), from: origin).map(Int64.init)
                    ?? Int64(ARCHIVE_FATAL)
            }
        }
        guard archive_read_open1(archive) == ARCHIVE_OK else { throw failure(at: path) }
    }

    /// The next member that is no folder and no second name of another one; nil behind the last.
    func next() throws(DecodeError) -> Member? {
        while true {
            // Apart from the search for the header, which may not take as much.
            if memberCount > 0, archive_read_data_skip(archive) < ARCHIVE_WARN {
                throw failure(at: path)
            }
            var entry: OpaquePointer?
            let status = input.readHeader { archive_read_next_header(archive, &entry) }
            if status == ARCHIVE_EOF {
                try checkEnd()
                return nil
            }
            // A warning is about a name or an owner.
            guard status >= ARCHIVE_WARN, let entry else { throw failure(at: path) }
            memberCount += 1
            (block, position) = (UnsafeRawBufferPointer(start: nil, count: 0), 0)
            let kind = archive_entry_filetype(entry) & S_IFMT
            if kind == S_IFDIR || archive_entry_hardlink(entry) != nil { continue }
            let name =
                (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry))
                .map { String(cString: $0) } ?? "member \(memberCount)"
            if archive_entry_is_encrypted(entry) != 0 {
                throw .refused(path: "\(path): \(name)", reason: "is encrypted; decrypt it first")
            }
            return Member(name: name, isFile: kind == S_IFREG || kind == 0)
        }
    }

    /// Content of the member that `next` returned last; 0 bytes at its end. Where a sparse file has holes,
    /// zeros stand. `path` is that of the member, for errors.
    func read(
        into buffer: UnsafeMutableRawBufferPointer, path: String
    ) throws(DecodeError) -> Int {
        while block.isEmpty {
            var (start, count, offset) = (UnsafeRawPointer?.none, 0, Int64(0))
            let status = archive_read_data_block(archive, &start, &count, &offset)
            if status == ARCHIVE_EOF { return 0 }
            guard status == ARCHIVE_OK else { throw failure(at: path) }
            block = UnsafeRawBufferPointer(start: start, count: count)
            blockOffset = Int(offset)
        }
        let count: Int
        if position < blockOffset {
            count = min(buffer.count, blockOffset - position)
            UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]).initializeMemory(
                as: UInt8.self, repeating: 0)
        } else {
            count = min(buffer.count, block.count)
            buffer.copyBytes(from: block.prefix(count))
            block.dropFirst(count)
            blockOffset += count
        }
        position += count
        try expansion.give(count, path: path)
        return count
    }

    /// Throws unless all members that were written have been read.
    private func checkEnd() throws(DecodeError) {
        guard isZip else {
            guard input.trailingZeros >= 512 else {
                throw .cutArchive(path: path, "the mark of its end is missing")
            }
            return
        }
        if trailer == nil { while let rest = input.next(), !rest.isEmpty {} }
        if let failure = input.failure { throw failure }
        guard let trailer = trailer ?? ZipTrailer(endOf: input.end) else {
            throw .cutArchive(path: path, ZipTrailer.missing)
        }
        guard
            trailer.memberCount == memberCount
                || trailer.memberCount == 0xFFFF && memberCount > trailer.memberCount
        else {
            throw .cutArchive(
                path: path,
                "its table of contents has \(trailer.memberCount) members, and \(memberCount) were found"
            )
        }
    }

    private func failure(at path: String) -> DecodeError {
        input.failure
            ?? .cutArchive(
                path: path,
                archive_error_string(archive).map { "\(String(cString: $0)), says libarchive" }
                    ?? "libarchive cannot read it")
    }
}

extension ArchiveInput {
    /// What libarchive hands back to the calls it makes.
    fileprivate static func from(_ data: UnsafeMutableRawPointer?) -> ArchiveInput? {
        data.map { Unmanaged<ArchiveInput>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension DecodeError {
    static func cutArchive(path: String, _ reason: String) -> DecodeError {
        .refused(path: path, reason: "the archive is damaged or cut off: \(reason)")
    }
}
