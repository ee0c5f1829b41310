import Files

/// A file, or whole lines of one, to be read by one worker.
public struct FilePortion: Hashable, Sendable {
    /// `-` is standard input.
    public var path: String
    /// From line start to line end; nil for all of the file.
    public var range: Range<Int>?
    /// The number of the file among those read together.
    private var file = 0

    public init(path: String, range: Range<Int>? = nil) { (self.path, self.range) = (path, range) }

    /// Where its records stand in the order of the files and of what is in them: a line is a byte long
    /// at least.
    public var order: UInt64 { UInt64(file) << 48 | UInt64(range?.lowerBound ?? 0) }

    /// Smaller files are not worth splitting: 4 MiB.
    static let smallest = 4 << 20

    /// The files in their order, cut into at most `workers` runs of about the same length.
    public static func shares(of paths: [String], among workers: Int) -> [[FilePortion]] {
        let portions = paths.enumerated().flatMap { file, path in
            cut(path, into: workers).map { portion, byteCount in
                var portion = portion
                portion.file = file
                return (portion, byteCount)
            }
        }
        let total = portions.reduce(0) { $0 + $1.1 }
        var shares: [[FilePortion]] = []
        var before = 0
        for (portion, byteCount) in portions {
            // The worker whose part of the bytes the portion begins in.
            let worker = total == 0 ? 0 : before * workers / total
            if shares.isEmpty || worker >= shares.count && shares.count < workers {
                shares.append([])
            }
            shares[shares.count - 1].append(portion)
            before += byteCount
        }
        return shares
    }

    /// Plain files of JSON lines can be split at any LF; others have to be read in one go.
    private static func cut(
        _ path: String, into count: Int
    ) -> [(portion: FilePortion, byteCount: Int)] {
        // What cannot be read says so when it is read.
        guard path != "-", let file = try? FileReader(path), let status = try? file.status(),
            status.kind == .file
        else { return [(FilePortion(path: path), 0)] }
        let length = status.byteCount
        guard length >= 2 * smallest, beginsWithLine(file) else {
            return [(FilePortion(path: path), length)]
        }
        var cuts = [0]
        for part in 1..<max(count, 1) {
            guard let cut = lineStart(in: path, from: length / count * part) else { break }
            if cut > cuts[cuts.count - 1] && cut < length { cuts.append(cut) }
        }
        return zip(cuts, cuts.dropFirst() + [length]).map { start, end in
            (FilePortion(path: path, range: start..<end), end - start)
        }
    }

    /// Whether the first line is a JSON object, as far as it is soon seen to end.
    private static func beginsWithLine(_ file: FileReader) -> Bool {
        var start = [UInt8](repeating: 0, count: 1 << 16)
        guard let count = try? start.withUnsafeMutableBytes({ try file.read(into: $0) }) else {
            return false
        }
        guard start.first == UInt8(ascii: "{"), start.dropFirst().first != 0 else { return false }
        guard let end = start[..<count].firstIndex(of: UInt8(ascii: "\n")) else { return true }
        guard end + JSONParser.padding <= start.count else { return true }
        return start.withUnsafeBufferPointer {
            JSONParser().parse(UnsafeBufferPointer(rebasing: $0[..<end])) != nil
        }
    }

    /// The first line start at or behind `offset`; nil if the file ends before.
    private static func lineStart(in path: String, from offset: Int) -> Int? {
        var position = offset - 1
        guard let file = try? FileReader(path, range: position..<Int.max) else { return nil }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = (try? buffer.withUnsafeMutableBytes { try file.read(into: $0) }) ?? 0
            guard count > 0 else { return nil }
            if let line = buffer[..<count].firstIndex(of: UInt8(ascii: "\n")) {
                return position + line + 1
            }
            position += count
        }
    }
}
