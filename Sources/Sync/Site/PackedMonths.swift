import Output

/// The days of tails that a packed file of their month has too: they are stored as gzip, which browsers and `pull` take,
/// as the tails of years would be most of what is stored.
struct PackedMonths {
    /// Of packed files.
    static let ending = ".csv.gz"

    /// Whether the site has a packed file of that path.
    let isThere: (String) -> Bool

    func stored(_ files: [LocalFile]) -> [LocalFile] {
        return files.map { file in
            guard let month = Self.month(ofTail: file.path.text),
                let pack = SiteLayout.monthFile(of: Self.table, month), isThere(pack)
            else { return file }
            var file = file
            file.headers.contentEncoding = "gzip"
            return file
        }
    }

    private static let table = "tail"

    /// The folder of the tails that a packed file such as `data/2026/10/tail-2026-10.csv.gz` has among others.
    static func tails(inYearOf pack: String) -> String {
        let year = pack.split(separator: "/").dropFirst().first ?? ""
        return "\(SiteLayout.data)/\(table)/\(year)"
    }

    /// `2026-10` of `data/tail/2026/2026-10-31.csv`.
    private static func month(ofTail path: String) -> String? {
        guard path.hasPrefix("\(SiteLayout.data)/\(table)/") else { return nil }
        return path.split(separator: "/").last.map { String($0.prefix(7)) }
    }
}
