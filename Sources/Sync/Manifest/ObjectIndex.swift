import Glibc
import Text

/// Where the objects of a manifest's file lie, as `ManifestFile.encode` writes them: one a line, in the order of their
/// paths.
struct ObjectIndex: Sendable {
    /// The file without them.
    let rest: [UInt8]
    private let bytes: [UInt8]
    /// Where each line begins, and after them the end of the last.
    private let starts: [Int]

    /// Nil if the file is of another form or order, or a path holds an escape.
    init?(_ bytes: [UInt8]) {
        guard let opening = bytes.firstRange(of: Array("\n\"objects\":[".utf8)) else { return nil }
        let first = opening.upperBound
        var starts: [Int] = []
        let isWhole = bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return false }
            var (start, before) = (first + 1, first..<first)
            while start < all.count, all[start] == UInt8(ascii: "[") {
                let path = start + 2
                guard path < all.count, all[path - 1] == UInt8(ascii: "\""),
                    let quote = memchr(base + path, 0x22, all.count - path).map({
                        base.distance(to: UnsafeRawPointer($0))
                    }),
                    let end = memchr(base + quote, 0x0A, all.count - quote).map({
                        base.distance(to: UnsafeRawPointer($0))
                    }),
                    end - quote > 2, all[end - 2] == UInt8(ascii: "]"),
                    memchr(base + path, 0x5C, quote - path) == nil
                else { return false }
                // Each comes after the one before it, and so none twice.
                let order = memcmp(
                    base + before.lowerBound, base + path, min(before.count, quote - path))
                guard order < 0 || order == 0 && before.count < quote - path else { return false }
                starts.append(start)
                (start, before) = (end + 1, path..<quote)
            }
            starts.append(start)
            // The last one ends with the list: "]],".
            return starts.count > 1 && all[start - 2] == UInt8(ascii: ",")
                && all[start - 4] == UInt8(ascii: "]")
        }
        guard isWhole, let end = starts.last else { return nil }
        rest = Array(bytes[..<first] + bytes[(end - 3)...])
        (self.bytes, self.starts) = (bytes, starts)
    }

    var count: Int { starts.count - 1 }

    /// Nil if it cannot be read.
    func object(_ place: Int) -> ManifestFile.Object? {
        ObjectLines.object(bytes[starts[place]..<starts[place + 1]])
    }

    func place(of path: String) -> Int? {
        let place = firstPlace(notBefore: path)
        return place < count && order(place, path) == 0 ? place : nil
    }

    func firstPlace(notBefore path: String) -> Int {
        (0..<count).firstPlace { order($0, path) >= 0 }
    }

    /// Below zero if the object comes before a path, zero if it has that one.
    private func order(_ place: Int, _ path: String) -> Int {
        var path = path
        return path.withUTF8 { path in
            bytes.withUnsafeBytes { bytes in
                let mine = bytes[(starts[place] + 2)..<starts[place + 1]]
                    .prefix { $0 != UInt8(ascii: "\"") }
                guard let start = bytes.baseAddress, let other = path.baseAddress else {
                    return mine.count - path.count
                }
                let order = memcmp(
                    start + mine.startIndex, other, min(mine.count, path.count))
                return order == 0 ? mine.count - path.count : Int(order)
            }
        }
    }
}
