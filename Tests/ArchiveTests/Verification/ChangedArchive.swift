import Foundation
import Testing

@testable import Archive

/// What was done to lines and files of `VerifiedArchive`, and what is to be found.
struct ChangedArchive: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (VerifiedArchive) throws -> Void
    let findings: [String]

    init(
        _ description: String, _ findings: [String],
        _ change: @escaping @Sendable (VerifiedArchive) throws -> Void
    ) {
        testDescription = description
        self.change = change
        self.findings = findings
    }

    private static let windows = "windows/2026.csv"
    private static let top = "top/2026/2026-11-22.csv"
    private static let trending = "trending/2026/2026-11-22.csv"
    private static let tail = "tail/2026/2026-11-22.csv"

    static let all = [
        ChangedArchive(
            "a line that a killed run did not finish",
            [
                "torn tail/2026/2026-11-22.csv:5: the line was not finished; the next append removes it"
            ]
        ) { try $0.change(tail) { $0[$0.count - 1] = "2026-11-22T12:00" } },
        ChangedArchive(
            "a list that a killed run left",
            [
                "leftover tail/2026/2026-11-22.csv:5: wire has no window 2026-11-22T12:00:00Z: "
                    + "its rows here (1) count nowhere"
            ]
        ) { try $0.change(tail) { $0.insert("2026-11-22T12:00:00Z,wire,kelp,2,2", at: 4) } },
        ChangedArchive(
            "a window lost, with later ones there",
            ["top", "tail"].map { list in
                "lost \(list)/2026/2026-11-21.csv:2: wire has no window 2026-11-21T06:00:00Z: "
                    + "its rows here (\(list == "top" ? 4 : 3)) count nowhere"
            } + [
                #"scores top/2026/2026-11-22.csv:5: "solo": bounds 4 recorded, and bounds 3 by "#
                    + "the tails of 3 days"
            ]
        ) { try $0.change(windows) { $0.remove(at: 4) } },
        ChangedArchive(
            "a file that was written aside",
            ["leftover windows/2026.csv.new: left by a run that was stopped; it is never read"]
        ) { try $0.archive.write("", to: windows + ".new") },
        ChangedArchive(
            "a file of no name of ours",
            [
                "name top/2026/2026-11-2.csv: no file of an archive has this name; it is never read"
            ]
        ) { try $0.archive.write("", to: "top/2026/2026-11-2.csv") },
        ChangedArchive(
            "a list whose name has other capitals",
            [
                "name top/2026/2026-11-22.CSV: no file of an archive has this name; it is never read"
            ]
        ) { try $0.archive.write("", to: "top/2026/2026-11-22.CSV") },
        ChangedArchive(
            "a file of a published copy that is not as published",
            [
                "checksum sha256sums-2026-11.txt:1: tail/2026/2026-11-22.csv is not the file that was published",
                "checksum sha256sums-2026-11.txt:3: the line is no checksum",
            ]
        ) {
            let digest = String(repeating: "0", count: 64)
            try $0.archive.write(
                "\(digest)  tail/2026/2026-11-22.csv\n\(digest)  fetched/by/nobody.csv\n\(digest)  ../x\n",
                to: "sha256sums-2026-11.txt")
        },
        ChangedArchive("a column more, which readers accept", []) {
            try $0.change(top) { $0 = $0.map { $0.isEmpty ? "" : $0 + ",more" } }
        },
        ChangedArchive(
            "a header without a column",
            [
                "header tail/2026/2026-11-22.csv:1: expected the header "
                    + "slot,source,tag,posts,accounts, found \"slot,source,tag,posts\""
            ]
        ) { try $0.change(tail) { $0[0] = "slot,source,tag,posts" } },
        ChangedArchive("a column more, which every line need not have", []) {
            try $0.change(tail) { $0[0] += ",more" }
        },
        ChangedArchive(
            "a cell that no column is for",
            [
                "form top/2026/2026-11-22.csv:3: the line is not what Tidemark writes for its "
                    + "values"
            ]
        ) { try $0.change(top) { $0[2] += "," } },
        ChangedArchive(
            "a header in quotes",
            [
                "form tail/2026/2026-11-22.csv:1: the line is not what Tidemark writes for its "
                    + "values"
            ]
        ) { try $0.change(tail) { $0[0] = "\"slot\",source,tag,posts,accounts" } },
        ChangedArchive(
            "a mark of byte order",
            [
                "form tail/2026/2026-11-22.csv:1: a byte order mark stands before the header: another "
                    + "program has saved the file"
            ]
        ) { try $0.change(tail) { $0[0] = "\u{FEFF}" + $0[0] } },
        ChangedArchive(
            "no line but one without an end",
            [
                "torn trending/2026/2026-11-22.csv:1: the line was not finished; the next append "
                    + "removes it",
                "trending windows/2026.csv:6: the trending list of wire 2026-11-22T06:00:00Z ends "
                    + "before \"foam\" with 27 posts by 25 accounts, which follows from the tails",
            ]
        ) { try $0.archive.write("slot,source,rank", to: trending) },
        ChangedArchive(
            "line ends of another system in the header",
            [
                "form trending/2026/2026-11-22.csv:1: lines end with CR LF from here on: another program "
                    + "has saved the file"
            ]
        ) { try $0.change(trending) { $0[0] += "\r" } },
        ChangedArchive(
            "line ends of another system",
            [
                "form trending/2026/2026-11-22.csv:2: lines end with CR LF from here on: another program "
                    + "has saved the file"
            ]
        ) { try $0.change(trending) { $0[1] += "\r" } },
        ChangedArchive(
            "a window twice",
            ["once windows/2026.csv:7: the slot of this source has a window already, in line 6"]
        ) { try $0.change(windows) { $0.insert($0[5], at: 6) } },
        ChangedArchive(
            "rules that nothing explains",
            [#"rules windows/2026.csv:6: rules: rules.csv does not explain "0123456789ab""#]
        ) { try $0.set(windows, line: 6, column: 18, to: "0123456789ab") },
        ChangedArchive(
            "a missing window with a list",
            ["missing windows/2026.csv:6: the window is missing, and yet its lists have rows (1)"]
        ) {
            try $0.change(windows) {
                $0[5] =
                    "2026-11-22T06:00:00Z,wire,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,missing,"
                    + "0.0000,0,0,0,0,0,0,0,1.0.0,0,,,,"
            }
            for file in [top, tail, trending] { try $0.archive.write("", to: file) }
            try $0.archive.write(
                "slot,source,tag,posts,accounts\n2026-11-22T06:00:00Z,wire,kelp,0,0\n", to: tail)
        },
        ChangedArchive(
            "a place of the top lost",
            [
                #"ranks top/2026/2026-11-22.csv:4: rank: 4 in place 3 of the list"#
            ]
        ) { try $0.change(top) { $0.remove(at: 3) } },
        ChangedArchive(
            "no trending list",
            [
                #"trending windows/2026.csv:6: the trending list of wire "#
                    + #"2026-11-22T06:00:00Z ends before "foam" with 27 posts by 25 accounts, "#
                    + #"which follows from the tails"#
            ]
        ) { try $0.archive.write("", to: trending) },
        ChangedArchive(
            "two lines of the tail the other way round",
            [
                #"ranks tail/2026/2026-11-22.csv:3: "kelp" stands below "foam", which it "#
                    + #"outranks"#,
                #"tail top/2026/2026-11-22.csv:2: "kelp" with 40 posts by 30 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 2"#,
            ]
        ) {
            try $0.change(tail) { $0.swapAt(1, 2) }
        },
        ChangedArchive(
            "two lines of the top the other way round",
            [
                #"ranks top/2026/2026-11-22.csv:3: "kelp" stands below "foam", which it "#
                    + #"outranks"#,
                #"ranks top/2026/2026-11-22.csv:2: rank: 2 in place 1 of the list"#,
                #"ranks top/2026/2026-11-22.csv:3: rank: 1 in place 2 of the list"#,
                #"tail top/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "kelp" with 40 posts by 30 accounts, in line 2"#,
            ]
        ) {
            try $0.change(top) { $0.swapAt(1, 2) }
        },
        ChangedArchive(
            "no top",
            ["sums windows/2026.csv:6: tags: 4 may be listed, and the top has none"]
        ) { try $0.archive.write("", to: top) },
        ChangedArchive(
            "a folder where a list was",
            ["name tail/2026/2026-11-22.csv: cannot be read: it is not a file"]
        ) {
            try FileManager.default.removeItem(atPath: $0.folder + "/" + tail)
            try $0.archive.write("", to: tail + "/more")
        },
        ChangedArchive(
            "a file where a folder was",
            [
                "name trending: cannot be read: Not a directory"
            ]
                + (18...22).map {
                    "name trending/2026/2026-11-\($0).csv: cannot be read: Not a directory"
                }
        ) {
            try FileManager.default.removeItem(atPath: $0.folder + "/trending")
            try $0.archive.write("", to: "trending")
        },
        ChangedArchive(
            "no tail",
            [
                #"tail top/2026/2026-11-22.csv:2: the tail does not have "kelp""#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" is recorded, and no "#
                    + #"trend by the tails"#,
            ]
        ) { try $0.archive.write("", to: tail) },
        ChangedArchive(
            "a tail that is too long",
            [
                #"tail windows/2026.csv:6: the tail of 2026-11-22T06:00:00Z has 1001 "#
                    + #"rows, not 1000 at the most"#
            ]
        ) {
            try $0.change(tail) { lines in
                for number in 0..<998 {
                    lines.insert("2026-11-22T06:00:00Z,wire,w\(1000 + number),2,2", at: 4 + number)
                }
            }
            try $0.set(windows, line: 6, column: 10, to: "2000")
        },
    ]
}
