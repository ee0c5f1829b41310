import Calendar
import Files
import FoundationEssentials

/// The files that lie in an archive's folders.
struct ArchiveInventory {
    private(set) var years: [Int] = []
    /// Days that have a file of any list, in order.
    private(set) var days: [CivilDate] = []
    private(set) var findings: [Finding] = []

    init(folder: String) {
        var days: Set<CivilDate> = []
        for file in files(in: folder + "/windows") {
            if let year = ArchiveLayout.year(ofWindows: file) {
                years.append(year)
            } else {
                addStranger("windows/\(file)", in: folder)
            }
        }
        let layouts = [
            ("top", ArchiveLayout.top), ("trending", ArchiveLayout.trending),
            ("tail", ArchiveLayout.tail), ("related", ArchiveLayout.related),
            ("links", ArchiveLayout.links),
        ]
        for (list, layout) in layouts {
            for year in files(in: "\(folder)/\(list)") {
                for name in files(in: "\(folder)/\(list)/\(year)") {
                    let file = "\(list)/\(year)/\(name)"
                    if let date = CivilDate(String(name.prefix(10))), file == layout(date) {
                        days.insert(date)
                    } else {
                        addStranger(file, in: folder)
                    }
                }
            }
        }
        self.days = days.sorted()
    }

    /// A file written aside and never put in place is gone after the next replacement.
    private mutating func addStranger(_ file: String, in folder: String) {
        let isAside = file.hasSuffix(".csv.new")
        findings.append(
            Finding(
                isAside ? .leftover : .name, "\(folder)/\(file)",
                isAside
                    ? "left by a run that was stopped; it is never read"
                    : "no file of an archive has this name; it is never read"))
    }

    /// Names in order; none if there is no such folder, and a finding if it cannot be read.
    private mutating func files(in folder: String) -> [String] {
        do throws(FileError) {
            return try (Folder.entries(of: folder) ?? []).map(\.name).filter { !$0.hasPrefix(".") }
        } catch {
            findings.append(Finding(.name, folder, "\(error.operation): \(error.cause)"))
            return []
        }
    }
}
