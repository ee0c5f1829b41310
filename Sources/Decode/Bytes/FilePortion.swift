import Glibc

/// A file, or whole lines of one, to be read by one worker.
public struct FilePortion: Hashable, Sendable {
    /// `-` is standard input.
    public var path: String
    /// From line start to line end; nil for all of the file.
    public var range: Range<Int>?

    public init(path: String, range: Range<Int>? = nil) { (self.path, self.range) = (path, range) }

    /// Smaller files are not worth splitting: 4 MiB.
    static let smallest = 4 << 20

    /// The files in their order, cut into at most `workers` runs of about the same length.
    public static func shares(of paths: [String], among workers: Int) -> [[FilePortion]] {
        let portions = paths.flatMap { path in cut(path, into: workers) }
        let total = portions.reduce(0) { $0 + $1.byteCount }
        var shares: [[FilePortion]] = []
        var before = 0
        for portion in portions {
            // The worker whose part of the bytes the portion begins in.
            let worker = total == 0 ? 0 : before * workers / total
            if shares.isEmpty || worker >= shares.count && shares.count < workers {
                shares.append([])
            }
            shares[shares.count - 1].append(portion.portion)
            before += portion.byteCount
        }
        return shares
    }

    /// Plain files of JSON lines can be split at any LF; others have to be read in one go.
    private static func cut(
        _ path: String, into count: Int
    ) -> [(portion: FilePortion, byteCount: Int)] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        var status = stat()
        guard path != "-", descriptor >= 0, fstat(descriptor, &status) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else { return [(FilePortion(path: path), 0)] }
        let length = Int(status.st_size)
        var first: UInt8 = 0
        guard length >= 2 * smallest, pread(descriptor, &first, 1, 0) == 1,
            first == UInt8(ascii: "{")
        else { return [(FilePortion(path: path), length)] }
        var cuts = [0]
        for part in 1..<max(count, 1) {
            guard let cut = lineStart(in: descriptor, from: length / count * part) else { break }
            if cut > cuts[cuts.count - 1] && cut < length { cuts.append(cut) }
        }
        return zip(cuts, cuts.dropFirst() + [length]).map { start, end in
            (FilePortion(path: path, range: start..<end), end - start)
        }
    }

    /// The first line start at or behind `offset`; nil if the file ends before.
    private static func lineStart(in descriptor: Int32, from offset: Int) -> Int? {
        var position = offset - 1
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, off_t(position))
            guard count > 0 else { return nil }
            if let line = buffer[..<count].firstIndex(of: UInt8(ascii: "\n")) {
                return position + line + 1
            }
            position += count
        }
    }
}
