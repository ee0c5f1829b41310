import Glibc

/// An open file, closed at its end.
struct OpenFile: ~Copyable {
    let path: String
    let operation: FileError.Operation
    private(set) var descriptor: Int32

    /// Made with the mode 0644, or 0600, if the flags say that it may be made. `name` is the path that errors tell.
    init(
        _ path: String, _ flags: Int32, to operation: FileError.Operation, as name: String? = nil,
        isPrivate: Bool = false
    ) throws(FileError) {
        self.path = name ?? path
        self.operation = operation
        descriptor = try attempt(.open, name ?? path, to: operation) {
            open(path, flags | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
        }
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    func status() throws(FileError) -> FileStatus { try FileStatus(ofOpen: descriptor, path) }

    /// The descriptor, which the caller closes from now on.
    mutating func take() -> Int32 {
        defer { descriptor = -1 }
        return descriptor
    }

    /// Puts bytes into the buffer, and returns how many: 0 at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw FileError(operation, path) }
        }
    }

    /// All of the bytes, at the file's position; some of them may be written if it throws.
    func write(_ bytes: [UInt8]) throws(FileError) {
        try writeAll(bytes, to: path) { rest, _ in
            Glibc.write(descriptor, rest.baseAddress, rest.count)
        }
    }

    /// Waits until the disk has all of the file.
    func sync() throws(FileError) {
        try attempt(.sync, path) { fsync(descriptor) }
    }

    /// Throws what some file systems say only now.
    mutating func close() throws(FileError) {
        guard Glibc.close(take()) == 0 || errno == EINTR else { throw FileError(operation, path) }
    }
}

/// Writes all of the bytes by a call that writes some: of what is left, behind `done` that are written.
func writeAll(
    _ bytes: [UInt8], to path: String,
    _ write: (_ rest: UnsafeRawBufferPointer, _ done: Int) -> Int
) throws(FileError) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(FileError) in
        let whole = UnsafeRawBufferPointer(buffer)
        var done = 0
        while done < whole.count {
            let rest = UnsafeRawBufferPointer(rebasing: whole[done...])
            done += try attempt(
                .write, path,
                refused: {
                    write(UnsafeRawBufferPointer(rebasing: rest[..<(rest.count / 2)]), done)
                }
            ) { write(rest, done) }
        }
    }
}
