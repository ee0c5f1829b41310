import AWS
import Archive
import Calendar
import Digest
import Files
import Output
import Text

/// How an archive lies in a table of DynamoDB.
///
/// A file is the items of its name: the lines of one window that stand together are one, or several where they are too
/// long for one. `place` gives their order. Of each file one more item, under `index`, has the first line, and what the
/// whole of it was when all of it was there.
enum TableLayout {
    static let index = "index"
    /// An item may have 400 KB, with its names.
    static let longestLines = 380_000
    /// Of lines in a file, and of its bytes.
    static let places = 0..<(1 << 48)
    /// What the lines of one window may take that are read.
    static let longestFile = 256 << 20

    /// The files of an archive that are kept, the records of windows last.
    static func files(in folder: String) throws(SyncError) -> [String] {
        let all = try onDisk { () throws(FileError) in try Folder.files(below: folder) }
        return all.filter(isKept).sorted { left, right in
            let (isLeft, isRight) = (isRecord(left), isRecord(right))
            return isLeft == isRight ? ExactText(left) < ExactText(right) : isRight
        }
    }

    static func isRecord(_ name: String) -> Bool { name.hasPrefix(ArchiveLayout.windows + "/") }

    /// The year or day that a file is of, as its name has it; empty for one that is of all times.
    static func period(_ name: String) -> String {
        name.utf8.contains(UInt8(ascii: "/"))
            ? name.split(separator: "/").last.map { String($0.dropLast(".csv".count)) } ?? "" : ""
    }

    /// Slots of a file start from here on; nil for one that is of all times.
    static func start(ofPeriod period: String) -> Timestamp? {
        Timestamp(period.utf8.count == 4 ? "\(period)-01-01T00:00:00Z" : "\(period)T00:00:00Z")
    }

    /// Whether a table may have it; a name from a table leads nowhere else than into an archive.
    static func isKept(_ name: String) -> Bool {
        let folders = [ArchiveLayout.windows, ArchiveLayout.spending] + ArchiveLayout.lists
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".")
                && part.utf8.allSatisfy {
                    $0.isASCIILowercase || $0.isASCIIDigit || "-.".utf8.contains($0)
                }
        }
        guard isPlain, name.hasSuffix(".csv") else { return false }
        if parts.count == 1 {
            return ([ArchiveLayout.withdrawn, ArchiveLayout.feed] + ArchiveLayout.records)
                .contains(name)
        }
        return parts.count <= 3 && folders.contains(String(parts[0]))
    }

    /// The whole lines of a file; nil if there is none.
    static func lines(of name: String, in folder: String) throws(SyncError) -> [UInt8]? {
        let bytes = try onDisk { () throws(FileError) in
            try WholeFile.readIfPresent("\(folder)/\(name)")
        }
        return bytes.map { bytes in
            Array(bytes[..<((bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)])
        }
    }
}

/// What a table says of a file as a whole.
struct TableFile: Hashable {
    let name: String
    let digest: SHA256
    let byteCount: Int
    /// The first line.
    let header: [UInt8]
    /// Places from here on are free.
    let next: Int

    init(name: String, bytes: [UInt8], header: [UInt8], next: Int) {
        (self.name, self.header, self.next) = (name, header, next)
        (digest, byteCount) = (SHA256(of: bytes), bytes.count)
    }

    /// Nil if the item is none of ours.
    init?(_ item: TableItem) {
        guard let digest = item.text("digest").flatMap({ SHA256(hex: $0.utf8) }),
            let byteCount = item.number("bytes"), let next = item.number("next"),
            case .bytes(let header) = item.values["header"],
            TableLayout.places.contains(next), TableLayout.places.contains(byteCount)
        else { return nil }
        (name, self.digest, self.byteCount) = (item.key.part, digest, byteCount)
        (self.header, self.next) = (header, next)
    }

    var item: TableItem {
        TableItem(
            TableKey(file: TableLayout.index, part: name),
            [
                "digest": .text(digest.hex), "bytes": .number(byteCount), "next": .number(next),
                "header": .bytes(header),
            ])
    }
}

/// The lines of one window in one file, as a table has them.
struct TableLines: Hashable {
    let file: String
    /// Nil of lines that name no window.
    let key: WindowKey?
    let place: Int
    let digest: SHA256
    let items: [TableItem]

    /// Throws `unreadable` if they cannot be compressed.
    init(
        _ bytes: [UInt8], of key: WindowKey?, in file: String, at place: Int
    ) throws(SyncError) {
        (self.file, self.key, self.place) = (file, key, place)
        digest = SHA256(of: bytes)
        // A row of a window is for people too; it has one place in the table, whichever it has in the file.
        if TableLayout.isRecord(file), let key, bytes.count < 4096,
            let text = String(validating: bytes, as: UTF8.self)
        {
            items = [
                TableItem(
                    TableKey(file: file, part: Self.part(key)),
                    [
                        "place": .number(place), "digest": .text(digest.hex), "count": .number(1),
                        "lines": .text(text),
                    ])
            ]
            return
        }
        guard let packed = Gzip.compress(bytes) else {
            throw .unreadable(path: file, reason: "there is no memory to compress it")
        }
        let starts = Array(stride(from: 0, to: packed.count, by: TableLayout.longestLines))
        let digest = digest.hex
        items = starts.enumerated().map { number, start in
            let end = min(packed.count, start + TableLayout.longestLines)
            let name = "\(Self.part(key)) \(place)" + (number == 0 ? "" : " \(number)")
            return TableItem(
                TableKey(file: file, part: name),
                [
                    "place": .number(place), "digest": .text(digest), "number": .number(number),
                    "count": .number(starts.count), "lines": .bytes(Array(packed[start..<end])),
                ])
        }
    }

    /// Those of a file, in their order; parts that lack another are left out.
    static func all(of items: [TableItem], in file: String) -> [TableLines] {
        let groups = Dictionary(grouping: items) { $0.number("place") ?? -1 }
        return groups.sorted { $0.key < $1.key }.compactMap { place, items in
            let items = items.sorted { ($0.number("number") ?? 0) < ($1.number("number") ?? 0) }
            guard TableLayout.places.contains(place), let first = items.first,
                first.number("count") == items.count,
                let digest = first.text("digest").flatMap({ SHA256(hex: $0.utf8) }),
                items.allSatisfy({ $0.text("digest") == digest.hex })
            else { return nil }
            return TableLines(
                file: file, key: key(ofPart: first.key.part), place: place, digest: digest,
                items: items)
        }
    }

    private init(
        file: String, key: WindowKey?, place: Int, digest: SHA256, items: [TableItem]
    ) {
        (self.file, self.key, self.place) = (file, key, place)
        (self.digest, self.items) = (digest, items)
    }

    /// The lines themselves; nil if they are not what their digest says.
    var bytes: [UInt8]? {
        var packed: [UInt8] = []
        for item in items {
            switch item.values["lines"] {
            case .text(let text): return Array(text.utf8)
            case .bytes(let bytes): packed += bytes
            default: return nil
            }
        }
        let bytes = Gzip.expand(packed, byteLimit: TableLayout.longestFile)
        return bytes.flatMap { SHA256(of: $0) == digest ? $0 : nil }
    }

    /// Whether it is the row that says that there is a window.
    var isRow: Bool { key != nil && TableLayout.isRecord(file) }

    private static func part(_ key: WindowKey?) -> String {
        key.map { "\($0.slot) \($0.source)" } ?? "-"
    }

    static func key(ofPart part: String) -> WindowKey? {
        let words = part.split(separator: " ")
        guard words.count > 1, let slot = Timestamp(String(words[0])) else { return nil }
        return WindowKey(slot: slot, source: String(words[1]))
    }
}
