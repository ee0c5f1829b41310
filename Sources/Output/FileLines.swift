import Digest
import Glibc
import Text

/// Lines of a `FileList` in the order of their paths, read from their text as they are asked for: each slot asks for a
/// few of the hundred thousand that a site of ten years has.
struct FileLines: Sendable {
    let text: [UInt8]
    /// Where each line begins, and after them the end of the last.
    let starts: [Int]

    init(text: [UInt8] = [], starts: [Int] = [0]) { (self.text, self.starts) = (text, starts) }

    /// Nil if a line is none of ours.
    ///
    /// - Parameter isKnown: Whether all lines are known to be ours, by their checksum.
    init?(_ text: [UInt8], isKnown: Bool = false) {
        var starts = [0]
        starts.reserveCapacity(text.count / 100)
        let isWhole = text.withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count, let base = bytes.baseAddress {
                guard let end = memchr(base + start, 0x0A, bytes.count - start),
                    isKnown
                        || Self.isLine(
                            UnsafeRawBufferPointer(
                                start: base + start, count: (base + start).distance(to: end)))
                else { return false }
                start = base.distance(to: end) + 1
                starts.append(start)
            }
            return true
        }
        guard isWhole else { return nil }
        self.init(text: text, starts: starts)
    }

    var count: Int { starts.count - 1 }

    subscript(place: Int) -> FileList.File {
        let line = starts[place]..<(starts[place + 1] - 1)
        let path = pathStart(place)
        let numbers = text[(line.lowerBound + Self.digestLength + 1)..<(path - 1)]
            .split(separator: UInt8(ascii: " "))
        return FileList.File(
            path: self.path(place),
            digest: SHA256(hex: text[line.lowerBound..<(line.lowerBound + Self.digestLength)])
                ?? SHA256(of: []),
            byteCount: Int(String(decoding: numbers[0], as: UTF8.self)) ?? 0,
            modified: Int64(String(decoding: numbers[1], as: UTF8.self)) ?? 0)
    }

    func path(_ place: Int) -> String {
        String(decoding: text[pathStart(place)..<(starts[place + 1] - 1)], as: UTF8.self)
    }

    /// Of the first file that does not come before a path.
    func place(of path: String) -> Int {
        (0..<count).firstPlace { order($0, path) >= 0 }
    }

    /// Below zero if the file comes before a path, zero if it has that one.
    func order(_ place: Int, _ path: String) -> Int {
        let (start, end) = (pathStart(place), starts[place + 1] - 1)
        var path = path
        return path.withUTF8 { path in
            text.withUnsafeBufferPointer { text in
                guard let mine = text.baseAddress, let other = path.baseAddress else {
                    return end - start - path.count
                }
                let order = memcmp(mine + start, other, Swift.min(end - start, path.count))
                return order == 0 ? end - start - path.count : Int(order)
            }
        }
    }

    func hasEnding(_ ending: [UInt8], _ place: Int) -> Bool {
        let end = starts[place + 1] - 1
        return text.withUnsafeBytes { text in
            text.baseAddress.map { memcmp($0 + (end - ending.count), ending, ending.count) } == 0
        }
    }

    /// With these files put in or changed.
    func with(_ changed: [FileList.File]) -> FileLines {
        var text: [UInt8] = []
        text.reserveCapacity(self.text.count + changed.count * 128)
        var starts = [0]
        starts.reserveCapacity(count + changed.count + 1)
        var next = 0
        func copy(to end: Int) {
            let shift = text.count - self.starts[next]
            text += self.text[self.starts[next]..<self.starts[end]]
            for place in next..<end { starts.append(self.starts[place + 1] + shift) }
            next = end
        }
        for file in changed.sorted(by: { $0.path < $1.path }) {
            copy(to: place(of: file.path.text))
            if next < count, order(next, file.path.text) == 0 { next += 1 }
            file.append(to: &text)
            starts.append(text.count)
        }
        copy(to: count)
        return FileLines(text: text, starts: starts)
    }

    /// After the third space of the line.
    private func pathStart(_ place: Int) -> Int {
        var (spaces, next) = (0, starts[place] + Self.digestLength)
        while spaces < 3 {
            if text[next] == UInt8(ascii: " ") { spaces += 1 }
            next += 1
        }
        return next
    }

    private static let digestLength = 64

    private static func isLine(_ line: UnsafeRawBufferPointer) -> Bool {
        guard line.count > digestLength else { return false }
        guard line.prefix(digestLength).allSatisfy({ Hex.value($0) != nil }) else { return false }
        var place = digestLength
        func takeNumber() -> Bool {
            guard place < line.count, line[place] == UInt8(ascii: " ") else { return false }
            place += 1
            if place < line.count, line[place] == UInt8(ascii: "-") { place += 1 }
            let start = place
            while place < line.count, line[place].isASCIIDigit { place += 1 }
            // Eighteen digits are a number for sure.
            return 1...18 ~= place - start
                || place - start == 19 && line[start] == UInt8(ascii: "1")
        }
        return takeNumber() && takeNumber() && place < line.count
            && line[place] == UInt8(ascii: " ")
    }
}

extension FileList.File {
    fileprivate func append(to text: inout [UInt8]) {
        for byte in digest.bytes { Hex.append(byte, to: &text) }
        text += " \(byteCount) \(modified) ".utf8
        text += path.text.utf8
        text.append(UInt8(ascii: "\n"))
    }
}
