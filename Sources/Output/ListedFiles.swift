import Text

extension FileList {
    /// The files of a list, in the order of their paths.
    public struct Files: RandomAccessCollection, Hashable, Sendable {
        /// An older list, and what is otherwise.
        let base: FileLines
        let changed: FileLines
        /// The line of each file: a place in the base, or, below zero, `~` of one in what is otherwise.
        private let lines: [Int32]

        init(over base: FileLines, _ changed: FileLines) {
            (self.base, self.changed) = (base, changed)
            var lines: [Int32] = []
            lines.reserveCapacity(base.count + changed.count)
            var next = 0
            for place in 0..<changed.count {
                let path = changed.path(place)
                let end = base.place(of: path)
                lines += Int32(next)..<Int32(end)
                lines.append(~Int32(place))
                next = end < base.count && base.order(end, path) == 0 ? end + 1 : end
            }
            lines += Int32(next)..<Int32(base.count)
            self.lines = lines
        }

        public var startIndex: Int { 0 }
        public var endIndex: Int { lines.count }

        public subscript(place: Int) -> File { line(place) { $0[$1] } }

        /// Of the first file that does not come before a path.
        func place(of path: String) -> Int {
            (0..<count).firstPlace { order($0, path) >= 0 }
        }

        /// Below zero if the file comes before a path, zero if it has that one.
        func order(_ place: Int, _ path: String) -> Int { line(place) { $0.order($1, path) } }

        func isSameLine(_ place: Int, as other: Int, of files: Files) -> Bool {
            withText(place) { mine in files.withText(other) { mine.elementsEqual($0) } }
        }

        /// All of them as lines of one text.
        var joined: FileLines {
            var text: [UInt8] = []
            text.reserveCapacity(base.text.count + changed.text.count)
            var starts = [0]
            starts.reserveCapacity(count + 1)
            for place in indices {
                withText(place) { text += $0 }
                starts.append(text.count)
            }
            return FileLines(text: text, starts: starts)
        }

        /// How many paths end so.
        public func count(endingIn ending: String) -> Int {
            let ending = Array(ending.utf8)
            return indices.count { line($0) { $0.hasEnding(ending, $1) } }
        }

        public static func == (left: Self, right: Self) -> Bool {
            left.count == right.count
                && left.indices.allSatisfy { left.isSameLine($0, as: $0, of: right) }
        }

        public func hash(into hasher: inout Hasher) { hasher.combine(count) }

        private func line<Result>(_ place: Int, _ body: (FileLines, Int) -> Result) -> Result {
            let line = Int(lines[place])
            return line < 0 ? body(changed, ~line) : body(base, line)
        }

        private func withText<Result>(
            _ place: Int, _ body: (UnsafeRawBufferPointer) -> Result
        ) -> Result {
            line(place) { lines, line in
                lines.text.withUnsafeBytes {
                    body(.init(rebasing: $0[lines.starts[line]..<lines.starts[line + 1]]))
                }
            }
        }
    }
}
