import Files
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
    private var file: ScratchFile?
    private var fileLength = 0
    /// Where each partition's earlier bytes lie in the file.
    private var extents = [[Range<Int>]](repeating: [], count: partitionCount)
    /// Why bytes could not be kept; thrown by the next reading.
    private var failure: FileError?

    /// - Parameter byteBudget: bytes kept in memory over all partitions.
    init(byteBudget: Int) {
        self.byteBudget = byteBudget
        buffers.initialize(repeating: [])
    }

    deinit {
        buffers.deinitialize()
        buffers.deallocate()
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
        do throws(FileError) {
            if let failure { throw failure }
            if let file {
                for extent in extents[partition] { try file.read(extent).withUnsafeBytes(body) }
            }
        } catch {
            throw .spill(error)
        }
        buffers[partition].withUnsafeBytes(body)
    }

    private func spill() {
        do throws(FileError) {
            try moveToFile()
        } catch {
            failure = failure ?? error
        }
        for partition in buffers.indices { buffers[partition].removeAll(keepingCapacity: true) }
        bufferedByteCount = 0
    }

    private func moveToFile() throws(FileError) {
        if let failure { throw failure }
        let file = if let open = self.file { open } else { try ScratchFile(in: Self.folder) }
        self.file = file
        for partition in buffers.indices where !buffers[partition].isEmpty {
            try file.write(buffers[partition], at: fileLength)
            let end = fileLength + buffers[partition].count
            extents[partition].append(fileLength..<end)
            fileLength = end
        }
    }

    private static var folder: String {
        getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
    }
}

/// Why what was counted could not be kept.
public enum TallyError: Error, Hashable, Sendable {
    /// The temporary file of a large window cannot be written or read.
    case spill(FileError)
}

extension TallyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .spill(let error):
            "the temporary file of a large window: \(error.cause); TMPDIR names another folder for it"
        }
    }
}
