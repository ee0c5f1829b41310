import Glibc

/// A whole small file that a command writes for its user.
enum NewFile {
    enum Failure: Error, Hashable {
        case exists
        case unwritable(reason: String)
    }

    /// Written aside and put in place at once; an existing file stays unless `replacing`.
    static func write(
        _ text: String, to path: String, replacing: Bool
    ) throws(Failure) {
        let aside = "\(path).\(getpid()).new"
        defer { unlink(aside) }
        guard let file = fopen(aside, "wxe") else { throw .unwritable(reason: reason()) }
        let isWritten = fputs(text, file) >= 0 && fflush(file) == 0 && fsync(fileno(file)) == 0
        let why = reason()
        guard fclose(file) == 0, isWritten else { throw .unwritable(reason: why) }
        // A link, unlike a rename, never takes the place of a file that is there.
        guard (replacing ? rename(aside, path) : link(aside, path)) == 0 else {
            throw errno == EEXIST ? .exists : .unwritable(reason: reason())
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
