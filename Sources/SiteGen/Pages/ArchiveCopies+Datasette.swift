import Archive

extension ArchiveCopies {
    /// Opens the windows of the last year and the lists of the last week in Datasette Lite, which reads them
    /// from where the site is; nil without a site URL.
    func datasette(siteURL url: String?) -> Link? {
        guard url != nil, let last = days.last else { return nil }
        let linker = Linker(absolute: url)
        let lists = days.suffix(7).flatMap { [$0.top, $0.trending].compactMap(\.self) }
        let queries = ([Self.windows(year: last.date.year)] + lists)
            .map { "csv=" + PathEncoding.encoded(linker.file($0).target) }
        return Link("https://lite.datasette.io/?" + queries.joined(separator: "&"))
    }
}
