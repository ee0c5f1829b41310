import Digest
import Glibc
import Text

extension FileList {
    /// The files of a list, read from its text as they are asked for: each slot asks for a few of the hundred thousand
    /// that a site of ten years has.
    public struct Files: RandomAccessCollection, Hashable, Sendable {
        let text: [UInt8]
        /// Where each line begins, and after them the end of the last.
        let starts: [Int]

        init(text: [UInt8], starts: [Int]) { (self.text, self.starts) = (text, starts) }

        /// Nil if a line is none of ours.
        init?(_ text: [UInt8]) {
            var starts = [0]
            let isWhole = text.withUnsafeBytes { bytes in
                var start = 0
                while start < bytes.count, let base = bytes.baseAddress {
                    guard
                        let end = memchr(base + start, 0x0A, bytes.count - start).map({
                            base.distance(to: UnsafeRawPointer($0))
                        }
                        ),
                        Self.isLine(bytes[start..<end])
                    else { return false }
                    start = end + 1
                    starts.append(start)
                }
                return true
            }
            guard isWhole else { return nil }
            self.init(text: text, starts: starts)
        }

        public var startIndex: Int { 0 }
        public var endIndex: Int { starts.count - 1 }

        public subscript(place: Int) -> File {
            let line = starts[place]..<(starts[place + 1] - 1)
            let path = pathStart(place)
            let numbers = text[(line.lowerBound + Self.digestLength + 1)..<(path - 1)]
                .split(separator: UInt8(ascii: " "))
            return File(
                path: String(decoding: text[path..<line.upperBound], as: UTF8.self),
                digest: SHA256(hex: text[line.lowerBound..<(line.lowerBound + Self.digestLength)])
                    ?? SHA256(of: []),
                byteCount: Int(String(decoding: numbers[0], as: UTF8.self)) ?? 0,
                modified: Int64(String(decoding: numbers[1], as: UTF8.self)) ?? 0)
        }

        /// Of the first file that does not come before a path.
        func place(of path: String) -> Int {
            var (low, high) = (0, count)
            while low < high {
                let middle = (low + high) / 2
                if order(middle, path) < 0 { low = middle + 1 } else { high = middle }
            }
            return low
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

        func isSameLine(_ place: Int, as other: Int, of files: Files) -> Bool {
            let (start, length) = (starts[place], starts[place + 1] - starts[place])
            let there = files.starts[other]
            guard files.starts[other + 1] - there == length else { return false }
            return text.withUnsafeBytes { mine in
                files.text.withUnsafeBytes { other in
                    guard let mine = mine.baseAddress, let other = other.baseAddress else {
                        return true
                    }
                    return memcmp(mine + start, other + there, length) == 0
                }
            }
        }

        /// How many paths end so.
        public func count(endingIn ending: String) -> Int {
            let ending = Array(ending.utf8)
            return starts.dropFirst().count {
                text[..<($0 - 1)].suffix(ending.count) == ending[...]
            }
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

        private static func isLine(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
            var rest = line
            func takeNumber() -> Bool {
                guard rest.first == UInt8(ascii: " ") else { return false }
                rest.removeFirst()
                if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
                let digits = rest.prefix { $0.isASCIIDigit }
                rest = rest[digits.endIndex...]
                // Eighteen digits are a number for sure.
                return 1...18 ~= digits.count
                    || digits.count == 19 && digits.first == UInt8(ascii: "1")
            }
            guard line.count > digestLength,
                line.prefix(digestLength).allSatisfy({ Hex.value($0) != nil })
            else { return false }
            rest.removeFirst(digestLength)
            return takeNumber() && takeNumber() && rest.first == UInt8(ascii: " ")
        }
    }
}
