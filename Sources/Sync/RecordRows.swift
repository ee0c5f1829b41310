/// The rows of a CSV that keeps one for each window: the archive's own record, of which the bucket is
/// the backup.
enum RecordRows {
    /// Whether the file is such a record. Lists may lose lines: those of withdrawn hashtags.
    static func isRecord(_ path: SitePath) -> Bool {
        path.text.hasPrefix("data/windows/") && path.text.hasSuffix(".csv")
    }

    /// The lines but for the header; a line feed inside quotes ends none (RFC 4180).
    static func count(in bytes: some Sequence<UInt8>) -> Int {
        var lines = 0
        var isQuoted = false
        var isEmpty = true
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "\n"), !isQuoted {
                lines += isEmpty ? 0 : 1
                isEmpty = true
            } else {
                isEmpty = false
            }
        }
        return max(0, lines + (isEmpty ? 0 : 1) - 1)
    }
}
