import Calendar
import Files
import Text

/// What a published copy says of the lines it lacks. A whole archive says nothing, and lacks none.
struct WithheldLines: Sendable {
    private var rows: [WindowKey: [WithheldRow]] = [:]
    private(set) var findings: [Finding] = []

    init(folder: String) {
        let place = "\(folder)/\(ArchiveLayout.withheld)"
        for name in (try? Folder.files(below: place)) ?? [] where name.hasSuffix(".csv") {
            let file = CheckedFile<WithheldRow>("\(place)/\(name)")
            findings += file.findings
            for entry in file.rows {
                let row = entry.row
                let key = WindowKey(slot: row.slot, source: row.source)
                if !ArchiveLayout.lists.contains(row.list) {
                    findings.append(
                        Finding(
                            .form, file.path, line: entry.line,
                            "list: \(quoted(row.list)) is no list of an archive"))
                } else if rows[key]?.contains(where: { $0.list == row.list }) ?? false {
                    findings.append(
                        Finding(
                            .once, file.path, line: entry.line,
                            "the lines left out of this list are told already"))
                } else {
                    rows[key, default: []].append(row)
                }
            }
        }
    }

    /// How many lines a list of a window lacks.
    func lines(_ list: String, of key: WindowKey) -> Int { row(list, of: key)?.lines ?? 0 }

    /// Of a full tail that lacks lines, the fewest accounts of a line before they were left out.
    func fewest(of key: WindowKey) -> Int? { row("tail", of: key)?.fewest }

    private func row(_ list: String, of key: WindowKey) -> WithheldRow? {
        rows[key]?.first { $0.list == list }
    }
}
