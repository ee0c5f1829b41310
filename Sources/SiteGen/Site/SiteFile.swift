import Archive

/// A file of the site that may be different from the last build's, and how it is made.
struct SiteFile: Sendable {
    /// Relative to the site's root.
    let path: String
    let make: @Sendable () throws(SiteError) -> [UInt8]
}

extension ArchiveCopies {
    /// The files that may be different.
    func files(_ change: Change) -> [SiteFile] {
        let changed = days.filter { change.reaches($0.date) }
        return Set(changed.map(\.date.year)).sorted()
            .map { file(Self.windows(year: $0), keyColumn: nil) }
            + changed.flatMap { day in
                [
                    day.top.map { file($0, keyColumn: TopRow.keyColumn) },
                    day.trending.map { file($0, keyColumn: TopRow.keyColumn) },
                    day.tail.map { file($0, keyColumn: TailRow.keyColumn) },
                ]
                .compactMap(\.self)
            } + (hasAuthority ? [file(Self.authority, keyColumn: nil)] : [])
    }

    private func file(_ path: String, keyColumn: Int?) -> SiteFile {
        SiteFile(path: path) { () throws(SiteError) in try bytes(of: path, keyColumn: keyColumn) }
    }
}

extension TopRow {
    fileprivate static var keyColumn: Int? { columns.firstIndex(of: "tag") }
}

extension TailRow {
    fileprivate static var keyColumn: Int? { columns.firstIndex(of: "tag") }
}
