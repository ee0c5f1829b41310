import Files
import Glibc

/// Bytes appended to numbered partitions, in memory as long as they fit, then in one temporary file.
///
/// What is appended to a partition is read back in the same order. The file has no name, so that a
/// killed run leaves nothing behind; it lies in `TMPDIR`, or `/var/tmp`. A copy goes on by itself: it shares the file
/// and no place in it.
struct SpillLog: Sendable {
    /// Partitions, by the high bits of a hash.
    static let partitionCount = 256

    private let byteBudget: Int
    private var buffers = [[UInt8]](repeating: [], count: partitionCount)
    private var bufferedByteCount = 0
    private var file: ScratchFile?
    /// Reads a run out of the file, or out of what the log was made of. Several may ask at once.
    private var spilled: (@Sendable (Run) throws(TallyError) -> [UInt8])?
    /// Where each partition's earlier bytes lie.
    private var runs = [[Run]](repeating: [], count: partitionCount)
    /// Why bytes could not be kept; thrown by the next reading.
    private var failure: FileError?

    /// - Parameter byteBudget: bytes kept in memory over all partitions.
    init(byteBudget: Int) { self.byteBudget = byteBudget }

    /// A log whose bytes lie elsewhere, those of each partition in its runs. Nothing is appended to it.
    init(_ runs: [[Run]], read: @escaping @Sendable (Run) throws(TallyError) -> [UInt8]) {
        byteBudget = 0
        (self.runs, spilled) = (runs, read)
    }

    /// The partition that a hash belongs to.
    static func partition(of hash: UInt64) -> Int { Int(hash >> 56) }

    /// Appends what `write` puts at the end of the buffer.
    mutating func append(to partition: Int, _ write: (inout [UInt8]) -> Void) {
        let before = buffers[partition].count
        write(&buffers[partition])
        bufferedByteCount += buffers[partition].count - before
        if bufferedByteCount > byteBudget { spill() }
    }

    /// How many bytes a partition holds.
    func byteCount(of partition: Int) -> Int {
        runs[partition].reduce(buffers[partition].count) { $0 + $1.byteCount }
    }

    /// Lends the bytes of a partition in order of appending, run by run; what one `append` wrote lies
    /// in one run. No run is longer than the byte budget and one append.
    func read(
        _ partition: Int, _ body: (UnsafeRawBufferPointer) throws(TallyError) -> Void
    ) throws(TallyError) {
        if let failure { throw .spill(failure) }
        if let spilled {
            for run in runs[partition] { try Self.lend(spilled(run), to: body) }
        }
        try Self.lend(buffers[partition], to: body)
    }

    private static func lend(
        _ bytes: [UInt8], to body: (UnsafeRawBufferPointer) throws(TallyError) -> Void
    ) throws(TallyError) {
        try bytes.withUnsafeBytes { bytes in
            Result { () throws(TallyError) in try body(bytes) }
        }.get()
    }

    private static func reading(
        _ file: ScratchFile
    ) -> @Sendable (Run) throws(TallyError) -> [UInt8] {
        { run throws(TallyError) in
            do throws(FileError) {
                return try file.read(run.place..<run.place + run.byteCount)
            } catch {
                throw .spill(error)
            }
        }
    }

    private mutating func spill() {
        do throws(FileError) {
            try moveToFile()
        } catch {
            failure = failure ?? error
        }
        for partition in buffers.indices { buffers[partition].removeAll(keepingCapacity: true) }
        bufferedByteCount = 0
    }

    private mutating func moveToFile() throws(FileError) {
        if let failure { throw failure }
        let file = if let open = self.file { open } else { try ScratchFile(in: Self.folder) }
        (self.file, spilled) = (file, Self.reading(file))
        for partition in buffers.indices where !buffers[partition].isEmpty {
            let range = try file.append(buffers[partition])
            runs[partition].append(Run(place: range.lowerBound, byteCount: range.count))
        }
    }

    private static var folder: String {
        getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
    }
}

extension SpillLog {
    /// Bytes of one partition that are lent together.
    struct Run: Sendable {
        /// Where they lie, for whoever reads them.
        let place: Int
        let byteCount: Int
    }
}

/// Why what was counted could not be kept.
public enum TallyError: Error, Hashable, Sendable {
    /// The temporary file of a large window cannot be written or read.
    case spill(FileError)
    /// A part of a window has an entry, or something in it, that is not known here.
    case unknownEntry(kind: UInt8)
    /// A part cannot be read, or not together with others.
    case part(PartError)
}

extension TallyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .spill(let error):
            "the temporary file of a large window: \(error.cause); TMPDIR names another folder for it"
        case .unknownEntry(let kind):
            "a part of a window has an entry of kind \(kind), which this version of Tidemark does not know"
        case .part(let error): "\(error)"
        }
    }
}
