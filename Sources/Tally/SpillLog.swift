import Glibc

/// Bytes appended to numbered partitions, in memory as long as they fit, then in one temporary file.
///
/// What is appended to a partition is read back in the same order. The file has no name, so that a
/// killed run leaves nothing behind; it lies in `TMPDIR`, or `/var/tmp`.
///
/// Sendable by this rule: one task appends, and several may read once it has finished.
final class SpillLog: @unchecked Sendable {
    /// Partitions, by the high bits of a hash.
    static let partitionCount = 256

    private let byteBudget: Int
    /// One for each partition. Not an array: whoever appends would be asked each time whether nobody else
    /// does.
    private let buffers = UnsafeMutableBufferPointer<[UInt8]>.allocate(capacity: partitionCount)
    private var bufferedByteCount = 0
    private var file: Int32?
    private var fileLength = 0
    /// Where each partition's earlier bytes lie in the file.
    private var extents = [[Range<Int>]](repeating: [], count: partitionCount)
    /// Why bytes could not be kept; thrown by the next reading.
    private var failure: TallyError?

    /// - Parameter byteBudget: bytes kept in memory over all partitions.
    init(byteBudget: Int) {
        self.byteBudget = byteBudget
        buffers.initialize(repeating: [])
    }

    deinit {
        buffers.deinitialize()
        buffers.deallocate()
        if let file { close(file) }
    }

    /// The partition that a hash belongs to.
    static func partition(of hash: UInt64) -> Int { Int(hash >> 56) }

    /// Appends what `write` puts at the end of the buffer.
    func append(to partition: Int, _ write: (inout [UInt8]) -> Void) {
        let before = buffers[partition].count
        write(&buffers[partition])
        bufferedByteCount += buffers[partition].count - before
        if bufferedByteCount > byteBudget { spill() }
    }

    /// How many bytes a partition holds.
    func byteCount(of partition: Int) -> Int {
        extents[partition].reduce(buffers[partition].count) { $0 + $1.count }
    }

    /// Lends the bytes of a partition in order of appending, run by run; what one `append` wrote lies
    /// in one run. No run is longer than the byte budget and one append.
    func read(
        _ partition: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(TallyError) {
        if let failure { throw failure }
        if let file {
            for extent in extents[partition] {
                try Self.read(extent, of: file).withUnsafeBytes(body)
            }
        }
        buffers[partition].withUnsafeBytes(body)
    }

    private static func read(_ extent: Range<Int>, of file: Int32) throws(TallyError) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: extent.count) { buffer, count in
            while count < buffer.count {
                let offset = off_t(extent.lowerBound + count)
                let got = pread(file, buffer.baseAddress! + count, buffer.count - count, offset)
                if got < 0 && errno == EINTR { continue }
                if got <= 0 { break }
                count += got
            }
        }
        guard bytes.count == extent.count else { throw failure(errno) }
        return bytes
    }

    private func spill() {
        do throws(TallyError) {
            try moveToFile()
        } catch {
            failure = failure ?? error
        }
        for partition in buffers.indices { buffers[partition].removeAll(keepingCapacity: true) }
        bufferedByteCount = 0
    }

    private func moveToFile() throws(TallyError) {
        if let failure { throw failure }
        if file == nil { file = try Self.temporaryFile() }
        guard let file else { return }
        for partition in buffers.indices where !buffers[partition].isEmpty {
            try write(buffers[partition], to: file)
            let end = fileLength + buffers[partition].count
            extents[partition].append(fileLength..<end)
            fileLength = end
        }
    }

    private func write(_ bytes: [UInt8], to file: Int32) throws(TallyError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.pwrite(
                    file, $0.baseAddress! + done, $0.count - done, off_t(fileLength + done))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(errno) }
            done += count
        }
    }

    private static func temporaryFile() throws(TallyError) -> Int32 {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
        var template = Array("\(folder)/tidemark-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw failure(errno) }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        unlink(template)
        return file
    }

    private static func failure(_ code: Int32) -> TallyError {
        .spill(reason: String(cString: strerror(code)))
    }
}

/// Why what was counted could not be kept.
public enum TallyError: Error, Hashable, Sendable {
    /// The temporary file of a large window cannot be written or read.
    case spill(reason: String)
}

extension TallyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .spill(let reason):
            "the temporary file of a large window: \(reason); TMPDIR names another folder for it"
        }
    }
}
