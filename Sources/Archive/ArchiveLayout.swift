import Calendar
import Text

/// Where each file of an archive lies. Paths are relative to the archive's folder.
public enum ArchiveLayout {
    public static let withdrawn = "withdrawn.csv"
    /// Who the items of the feed are said to be of.
    public static let feed = "feed.csv"
    /// What changed of what was there: windows that were taken back or merged, rules, lines that were withdrawn.
    public static let changes = "changes.csv"
    /// How long slots and lists were, and by which rules windows were counted, from when on.
    public static let rules = "rules.csv"
    /// Of this machine alone: live runs that failed in the slot that is running.
    public static let failed = ".failed.csv"
    /// Of this machine alone: the old and the new name of a source that is being renamed, a line each.
    static let renaming = ".renaming"
    /// Files beside the folders that are published as they are.
    public static let records = [changes, rules]
    /// The folder of the records of windows.
    public static let windows = "windows"
    /// Of published copies: where it says how many lines a list lacks.
    public static let withheld = "withheld"
    /// The folders of the lists.
    public static let lists = ["top", "trending", "tail", "related", "links"]

    /// The folders of the files of a year, one of each list.
    public static func lists(of year: Int) -> [String] {
        lists.map { "\($0)/\(padded(year, 4))" }
    }

    /// The name of the file of a day in each of them.
    public static func file(of date: CivilDate) -> String { "\(date).csv" }

    /// What is read by its name in the archive's own folder.
    static let names = [withdrawn, feed, changes, rules, windows, spending] + lists

    /// The folder of the records of what paid sources have cost.
    public static let spending = "spending"

    /// The folder of the reports of runs, which stay on this machine.
    public static let runs = "runs"

    /// Whether what a path leads to is on the site, of the files that an archive has.
    static func isPublished(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return ![failed, renaming, withdrawn].contains(parts.last.map(String.init) ?? "")
            && ![spending, runs].contains(parts.dropLast().last.map(String.init) ?? "")
    }

    public static func spending(year: Int) -> String { "\(spending)/\(padded(year, 4)).csv" }

    public static func windows(year: Int) -> String { "\(windows)/\(padded(year, 4)).csv" }

    /// The year of a file in `windows/`; nil for a name that none has.
    static func year(ofWindows name: String) -> Int? {
        decimal(Array(name.utf8.prefix(4)).span).flatMap { year in
            windows(year: year) == "windows/\(name)" ? year : nil
        }
    }

    public static func top(_ date: CivilDate) -> String {
        "top/\(padded(date.year, 4))/\(date).csv"
    }

    public static func trending(_ date: CivilDate) -> String {
        "trending/\(padded(date.year, 4))/\(date).csv"
    }

    /// Of a month, by any of its days.
    public static func withheld(_ date: CivilDate) -> String {
        "\(withheld)/\(padded(date.year, 4))/\(date.description.prefix(7)).csv"
    }

    public static func tail(_ date: CivilDate) -> String {
        "tail/\(padded(date.year, 4))/\(date).csv"
    }

    public static func related(_ date: CivilDate) -> String {
        "related/\(padded(date.year, 4))/\(date).csv"
    }

    public static func links(_ date: CivilDate) -> String {
        "links/\(padded(date.year, 4))/\(date).csv"
    }
}
