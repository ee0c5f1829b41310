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
            .map { file(Self.windows(year: $0), columns: []) }
            + changed.flatMap { day in
                [
                    day.top.map { file($0, columns: TopRow.columns) },
                    day.trending.map { file($0, columns: TopRow.columns) },
                    day.tail.map { file($0, columns: TailRow.columns) },
                    day.related.map { file($0, columns: RelatedRow.columns) },
                    day.links.map { file($0, columns: LinkRow.columns) },
                ]
                .compactMap(\.self)
            } + (hasAuthority ? [file(Self.authority, columns: [])] : [])
    }

    private func file(_ path: String, columns: [String]) -> SiteFile {
        SiteFile(path: path) { () throws(SiteError) in try bytes(of: path, columns: columns) }
    }
}
