import CArchive
import Glibc

/// Bytes packed by libarchive's writers, for tests of what reads them.
public enum Packed {
    /// Ways to compress, as libarchive names them.
    public static let ways = ["gzip", "bzip2", "xz", "lzma", "lz4", "zstd"]

    /// A member of an archive that a test makes.
    public struct Member: Sendable {
        /// Bytes, which need not be UTF-8.
        public var name: [UInt8]
        public var content: [UInt8]
        public var kind: mode_t
        public var linkTarget: String?
        public var hardLinkTarget: String?
        /// Of a sparse file whose content begins at `hole`, zeros standing before it: how many.
        public var hole: Int
        /// False leaves it to the writer to say the length behind the content.
        public var tellsLength = true

        public init(
            _ name: String, _ content: [UInt8] = [], kind: mode_t = S_IFREG,
            linkTarget: String? = nil, hardLinkTarget: String? = nil, hole: Int = 0
        ) {
            self.name = Array(name.utf8)
            self.content = content
            self.kind = kind
            self.linkTarget = linkTarget
            self.hardLinkTarget = hardLinkTarget
            self.hole = hole
        }
    }

    public static func compressed(
        _ content: [UInt8], by way: String, options: String? = nil
    ) -> [UInt8] {
        written(options: options) { writer in
            archive_write_add_filter_by_name(writer, way)
            archive_write_set_format_raw(writer)
        } members: { writer in
            write(Member("data", content), to: writer)
        }
    }

    /// - Parameter format: as libarchive names it: `pax`, `gnutar`, `ustar`, `v7tar`, `zip`, `7zip`, `iso9660`, …
    public static func archive(
        _ members: [Member], format: String = "pax", options: String? = nil,
        passphrase: String? = nil
    ) -> [UInt8] {
        written(options: options) { writer in
            archive_write_set_format_by_name(writer, format)
            if let passphrase { archive_write_set_passphrase(writer, passphrase) }
        } members: { writer in
            for member in members { write(member, to: writer) }
        }
    }

    private final class Output {
        var bytes: [UInt8] = []
    }

    private static func written(
        options: String?, format: (OpaquePointer?) -> Void, members: (OpaquePointer?) -> Void
    ) -> [UInt8] {
        let output = Output()
        let writer = archive_write_new()
        format(writer)
        if let options { archive_write_set_options(writer, options) }
        archive_write_set_bytes_per_block(writer, 0)
        archive_write_open(
            writer, Unmanaged.passUnretained(output).toOpaque(), nil,
            { _, data, bytes, count in
                if let data {
                    Unmanaged<Output>.fromOpaque(data).takeUnretainedValue().bytes +=
                        UnsafeRawBufferPointer(start: bytes, count: count)
                }
                return count
            }, nil)
        members(writer)
        archive_write_close(writer)
        archive_write_free(writer)
        return output.bytes
    }

    private static func write(_ member: Member, to writer: OpaquePointer?) {
        let entry = archive_entry_new()
        defer { archive_entry_free(entry) }
        (member.name + [0]).withUnsafeBytes {
            archive_entry_set_pathname(entry, $0.baseAddress?.assumingMemoryBound(to: CChar.self))
        }
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_filetype(entry, UInt32(member.kind))
        let length = Int64(member.hole + member.content.count)
        if member.tellsLength { archive_entry_set_size(entry, length) }
        if let target = member.linkTarget { archive_entry_set_symlink(entry, target) }
        if let target = member.hardLinkTarget { archive_entry_set_hardlink(entry, target) }
        if member.hole > 0 {
            archive_entry_sparse_add_entry(
                entry, Int64(member.hole), Int64(member.content.count))
        }
        archive_write_header(writer, entry)
        let content = [UInt8](repeating: 0, count: member.hole) + member.content
        content.withUnsafeBytes { _ = archive_write_data(writer, $0.baseAddress, $0.count) }
        archive_write_finish_entry(writer)
    }
}
