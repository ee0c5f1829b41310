import CLinux
import Glibc
import Synchronization

/// A temporary file without a name, so that a killed process leaves none behind.
///
/// Whoever appends has a place of its own, so that several may, and read what they have appended.
public final class ScratchFile: Sendable {
    private let descriptor: Int32
    private let folder: String
    private let end = Atomic(0)

    public init(in folder: String) throws(FileError) {
        self.folder = folder
        var template = Array("\(folder)/tidemark-XXXXXX".utf8CString)
        descriptor = try attempt(.open, folder) { mkostemp(&template, O_CLOEXEC) }
        unlink(template)
    }

    deinit { close(descriptor) }

    /// Where the bytes lie from then on.
    public func append(_ bytes: [UInt8]) throws(FileError) -> Range<Int> {
        let start = end.add(bytes.count, ordering: .relaxed).oldValue
        try writeAll(bytes, to: folder) { rest, done in
            pwrite(descriptor, rest.baseAddress, rest.count, off_t(start + done))
        }
        return start..<start + bytes.count
    }

    /// A descriptor of another program's own, which reads the file from its start, once.
    ///
    /// What is written into a pipe instead is lost on a program that does not read it, and so is the writer.
    public func forReading() throws(FileError) -> Int32 {
        try attempt(.open, folder) { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }
    }

    /// What was appended there.
    public func read(_ range: Range<Int>) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < buffer.count {
                let got = pread(
                    descriptor, buffer.baseAddress! + count, buffer.count - count,
                    off_t(range.lowerBound + count))
                if got < 0 && errno == EINTR { continue }
                if got <= 0 {
                    failure = FileError(.read, folder, got < 0 ? .system(errno) : .system(EIO))
                    break
                }
                count += got
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
