import AWS
import Archive
import Digest

/// What is to be done to one file of a table.
struct FileChange {
    let name: String
    let old: TableFile?
    /// Nil if the archive has it no more.
    private(set) var new: TableFile?
    private(set) var puts: [TableLines] = []
    /// What goes, by window.
    private(set) var gone: [(key: WindowKey?, items: [TableKey])] = []
    /// What the rows are now that are put once more.
    private(set) var standing: [WindowKey: SHA256] = [:]

    /// Lines that came behind those that are there.
    init(
        of name: String, _ lines: [UInt8], grownFrom old: TableFile
    ) throws(SyncError) {
        (self.name, self.old) = (name, old)
        let added = FileSegments(lines, from: old.byteCount)
        try put(added.segments[...], of: lines, from: old.byteCount, at: old.next)
        new = TableFile(
            name: name, bytes: lines, header: old.header,
            next: old.next + lines.count - old.byteCount)
    }

    /// Everything from the first lines on that are not as they are there; nil for a file that is gone.
    init(
        of name: String, _ lines: [UInt8]?, from old: TableFile?, over items: [TableItem]
    ) throws(SyncError) {
        (self.name, self.old) = (name, old)
        let there = TableLines.all(of: items, in: name)
        let here = FileSegments(lines ?? []).segments
        var same = 0
        while let lines, same < min(there.count, here.count), there[same].key == here[same].key,
            there[same].digest == SHA256(of: lines[here[same].range])
        {
            same += 1
        }
        if let lines {
            let start = same < here.count ? here[same].range.lowerBound : lines.count
            let next = max(
                old?.next ?? 0, (items.compactMap { $0.number("place") }.max() ?? -1) + 1)
            try put(here[same...], of: lines, from: start, at: next)
            new = TableFile(
                name: name, bytes: lines, header: Array(lines[FileSegments(lines).header]),
                next: next + lines.count - start)
        }
        let kept = Set(
            (there.prefix(same) + puts).flatMap { $0.items.map(\.key) })
        for (part, items) in Dictionary(
            grouping: items, by: { TableLines.key(ofPart: $0.key.part) })
        {
            let goes = items.map(\.key).filter { !kept.contains($0) }
            if !goes.isEmpty { gone.append((part, goes)) }
        }
        for lines in there.dropFirst(same) where lines.isRow {
            if let key = lines.key, lines.items.contains(where: { kept.contains($0.key) }) {
                standing[key] = lines.digest
            }
        }
    }

    private mutating func put(
        _ segments: ArraySlice<FileSegments.Segment>, of lines: [UInt8], from start: Int,
        at place: Int
    ) throws(SyncError) {
        for segment in segments {
            puts.append(
                try TableLines(
                    Array(lines[segment.range]), of: segment.key, in: name,
                    at: place + segment.range.lowerBound - start))
        }
    }

    /// The windows whose rows are there, and another here.
    var differing: [WindowKey] {
        puts.filter { row in
            row.isRow && row.key.flatMap { standing[$0] }.map { $0 != row.digest } ?? false
        }.compactMap(\.key)
    }

    /// The windows of which there is to be nothing more in this file.
    var lost: Set<WindowKey> {
        Set(gone.compactMap(\.key)).subtracting(puts.compactMap(\.key))
    }

    /// Adds the changes of each window.
    func changes(to windows: inout WindowChanges) {
        for lines in puts {
            let old = lines.isRow ? lines.key.flatMap { standing[$0] } : nil
            let condition =
                old.map { TableChange.Condition.value("digest", .text($0.hex)) }
                ?? .absentOr("digest", .text(lines.digest.hex))
            windows.add(
                lines.items.map { .put($0, condition) }, of: lines.key, areRows: lines.isRow)
        }
        for (key, items) in gone {
            windows.add(items.map(TableChange.delete), of: key, areRows: false)
        }
    }

    /// What is to be said of the file as a whole.
    var ofIndex: TableChange {
        guard let new else { return .delete(TableKey(file: TableLayout.index, part: name)) }
        return .put(
            new.item,
            old.map { .value("digest", .text($0.digest.hex)) }
                ?? .absentOr("digest", .text(new.digest.hex)))
    }
}
