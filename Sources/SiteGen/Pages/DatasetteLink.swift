import Archive

extension Linker {
    /// Opens the windows of the last year and the lists of the last week in Datasette Lite, which reads them
    /// from where the site is; nil without a site URL.
    static func datasette(_ copies: ArchiveCopies, url: String?) -> Link? {
        guard url != nil, let year = copies.years.last else { return nil }
        let lists = year.days.suffix(7).flatMap { [$0.top, $0.trending].compactMap(\.self) }
        let queries = ([year.windows] + lists).map { path in
            "csv=" + PathEncoding.encoded(Linker(absolute: url).file(path).target)
        }
        return Link("https://lite.datasette.io/?" + queries.joined(separator: "&"))
    }
}
