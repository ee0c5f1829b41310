import Output

/// The days of tails that a packed file of their month has too: they are stored as gzip, which browsers and `pull` take,
/// as the tails of years would be most of what is stored.
struct PackedMonths {
    private let packs: Set<String>

    init(_ files: [LocalFile]) {
        packs = Set(files.map(\.path.text).filter { $0.hasSuffix(".csv.gz") })
    }

    func stored(_ files: [LocalFile]) -> [LocalFile] {
        if packs.isEmpty { return files }
        return files.map { file in
            guard let month = Self.month(ofTail: file.path.text),
                let pack = SiteLayout.monthFile(of: Self.table, month), packs.contains(pack)
            else { return file }
            var file = file
            file.headers.contentEncoding = "gzip"
            return file
        }
    }

    private static let table = "tail"

    /// `2026-10` of `data/tail/2026/2026-10-31.csv`.
    private static func month(ofTail path: String) -> String? {
        guard path.hasPrefix("\(SiteLayout.data)/\(table)/") else { return nil }
        return path.split(separator: "/").last.map { String($0.prefix(7)) }
    }
}
