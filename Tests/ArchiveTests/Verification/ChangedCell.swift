import Testing

@testable import Archive

/// A cell of `VerifiedArchive` that was changed, and what is to be found.
struct ChangedCell: Sendable, CustomTestStringConvertible {
    let file: String
    let line: Int
    let column: Int
    let value: String
    let findings: [String]

    var testDescription: String { "\(file):\(line), column \(column): \(value)" }

    init(_ file: String, _ line: Int, _ column: Int, _ value: String, _ findings: [String]) {
        (self.file, self.line, self.column) = (file, line, column)
        (self.value, self.findings) = (value, findings)
    }

    private static let windows = "windows/2026.csv"
    private static let top = "top/2026/2026-11-22.csv"
    private static let trending = "trending/2026/2026-11-22.csv"
    private static let tail = "tail/2026/2026-11-22.csv"

    /// What is to be found when the window's own row is not there.
    private static func orphans(_ check: String) -> [String] {
        [("top", 4), ("trending", 1), ("tail", 3)].map { list, count in
            "\(check) \(list)/2026/2026-11-22.csv:2: wire has no window 2026-11-22T06:00:00Z: "
                + "its rows here (\(count)) count nowhere"
        }
    }

    private static let noTop =
        ["sums windows/2026.csv:6: tags: 4 may be listed, and the top has none"]

    static let all = [
        ChangedCell(
            windows, 6, 1, #"2026-11-22T06:30:00Z"#,
            [
                #"alignment windows/2026.csv:6: slot: 2026-11-22T06:30:00Z is not on the "#
                    + #"hour"#,
                #"times windows/2026.csv:6: start: 2026-11-22T06:00:00Z is not within a "#
                    + #"day after the slot's start, 2026-11-22T06:30:00Z"#,
            ] + orphans("lost") + noTop),
        ChangedCell(
            windows, 6, 1, #"2026-11-22T07:00:00Z"#,
            [
                #"times windows/2026.csv:6: start: 2026-11-22T06:00:00Z is not within a "#
                    + #"day after the slot's start, 2026-11-22T07:00:00Z"#
            ] + orphans("lost") + noTop),
        ChangedCell(
            windows, 6, 1, #"2027-11-22T06:00:00Z"#,
            [
                #"place windows/2026.csv:6: slot: 2027-11-22T06:00:00Z belongs into "#
                    + #"windows/2027.csv"#,
                #"future windows/2026.csv:6: slot: 2027-11-22T06:00:00Z lies in the "#
                    + #"future; it is 2026-11-22T12:00:00Z"#,
                #"times windows/2026.csv:6: start: 2026-11-22T06:00:00Z is not within a "#
                    + #"day after the slot's start, 2027-11-22T06:00:00Z"#,
            ] + orphans("lost") + noTop),
        ChangedCell(
            windows, 6, 1, #"2026-11-21T06:00:00Z"#,
            [
                #"times windows/2026.csv:6: start: 2026-11-22T06:00:00Z is not within a "#
                    + #"day after the slot's start, 2026-11-21T06:00:00Z"#,
                #"times windows/2026.csv:6: end: 2026-11-22T06:50:00Z is more than a day "#
                    + #"after the slot's start, 2026-11-21T06:00:00Z"#,
                #"once windows/2026.csv:6: the slot of this source has a window already, "#
                    + #"in line 5"#,
            ] + orphans("leftover")),
        ChangedCell(
            windows, 6, 1, #"now"#,
            [
                #"form windows/2026.csv:6: slot: expected a time like "#
                    + #"2026-11-22T18:00:00Z, found "now""#
            ] + orphans("leftover")),
        ChangedCell(windows, 6, 2, #"wi"#, orphans("leftover") + noTop),
        ChangedCell(
            windows, 6, 3, #"2026-11-22T05:59:59Z"#,
            [
                #"times windows/2026.csv:6: start: 2026-11-22T05:59:59Z is not within a "#
                    + #"day after the slot's start, 2026-11-22T06:00:00Z"#
            ]),
        ChangedCell(
            windows, 6, 3, #"2026-11-22T07:00:00Z"#,
            [
                #"times windows/2026.csv:6: end: 2026-11-22T06:50:00Z is before the "#
                    + #"start, 2026-11-22T07:00:00Z"#
            ]),
        ChangedCell(
            windows, 6, 3, #""#,
            [
                #"form windows/2026.csv:6: start: expected a time like "#
                    + #"2026-11-22T18:00:00Z, found """#
            ] + orphans("leftover")),
        ChangedCell(
            windows, 6, 4, #"2026-11-23T06:00:01Z"#,
            [
                #"times windows/2026.csv:6: end: 2026-11-23T06:00:01Z is more than a day "#
                    + #"after the slot's start, 2026-11-22T06:00:00Z"#
            ]),
        ChangedCell(
            windows, 6, 4, #"6:50"#,
            [
                #"form windows/2026.csv:6: end: expected a time like "#
                    + #"2026-11-22T18:00:00Z, found "6:50""#
            ] + orphans("leftover")),
        ChangedCell(
            windows, 6, 5, #"partial"#,
            [
                #"coverage windows/2026.csv:6: coverage: 1.0000 of a window that is "#
                    + #"partial"#
            ]),
        ChangedCell(
            windows, 6, 5, #"missing"#,
            [
                #"coverage windows/2026.csv:6: coverage: 1.0000 of a window that is "#
                    + #"missing"#,
                #"missing windows/2026.csv:6: the window is missing, and yet something "#
                    + #"was counted"#,
                #"missing windows/2026.csv:6: the window is missing, and yet its lists "#
                    + #"have rows (8)"#,
            ]),
        ChangedCell(
            windows, 6, 5, #"whole"#,
            [
                #"form windows/2026.csv:6: status: expected one of complete, partial, "#
                    + #"missing, backfilled, found "whole""#
            ] + orphans("leftover")),
        ChangedCell(
            windows, 6, 6, #"0.9999"#,
            [
                #"coverage windows/2026.csv:6: coverage: 0.9999 of a window that is "#
                    + #"complete"#
            ]),
        ChangedCell(
            windows, 6, 6, #"1.5000"#,
            [
                #"coverage windows/2026.csv:6: coverage: 1.5000 is not from 0 to 1"#
            ]),
        ChangedCell(
            windows, 6, 6, #"999999999999999"#,
            [
                #"form windows/2026.csv:6: coverage: expected a number, found "#
                    + #""999999999999999""#
            ] + orphans("leftover")),
        ChangedCell(
            windows, 6, 6, #"1"#,
            [
                #"form windows/2026.csv:6: the line is not what Tidemark writes for its "#
                    + #"values"#
            ]),
        ChangedCell(
            windows, 6, 7, #"89"#,
            [
                #"sums windows/2026.csv:6: tagged: 90 of 89 posts"#,
                #"sums windows/2026.csv:6: accounts: 100 of 89 posts"#,
            ]),
        ChangedCell(
            windows, 6, 7, #"-1"#,
            [
                #"form windows/2026.csv:6: posts: expected a whole number, found "-1""#
            ] + orphans("leftover")),
        ChangedCell(
            windows, 6, 8, #"151"#,
            [
                #"sums windows/2026.csv:6: tagged: 151 of 150 posts"#
            ]),
        ChangedCell(
            windows, 6, 8, #"0"#,
            [
                #"sums windows/2026.csv:6: tags: 4 in 0 tagged posts"#,
                #"sums top/2026/2026-11-22.csv:2: posts: 40 of the window's 0 tagged posts"#,
                #"sums top/2026/2026-11-22.csv:3: posts: 27 of the window's 0 tagged posts"#,
                #"sums top/2026/2026-11-22.csv:4: posts: 20 of the window's 0 tagged posts"#,
                #"sums top/2026/2026-11-22.csv:5: posts: 1 of the window's 0 tagged posts"#,
                #"sums trending/2026/2026-11-22.csv:2: posts: 27 of the window's 0 tagged "#
                    + #"posts"#,
                #"sums tail/2026/2026-11-22.csv:2: posts: 40 of the window's 0 tagged "#
                    + #"posts"#,
                #"sums tail/2026/2026-11-22.csv:3: posts: 27 of the window's 0 tagged "#
                    + #"posts"#,
                #"sums tail/2026/2026-11-22.csv:4: posts: 20 of the window's 0 tagged "#
                    + #"posts"#,
            ]),
        ChangedCell(
            windows, 6, 8, #"26"#,
            [
                #"sums top/2026/2026-11-22.csv:2: posts: 40 of the window's 26 tagged "#
                    + #"posts"#,
                #"sums top/2026/2026-11-22.csv:3: posts: 27 of the window's 26 tagged "#
                    + #"posts"#,
                #"sums trending/2026/2026-11-22.csv:2: posts: 27 of the window's 26 "#
                    + #"tagged posts"#,
                #"sums tail/2026/2026-11-22.csv:2: posts: 40 of the window's 26 tagged "#
                    + #"posts"#,
                #"sums tail/2026/2026-11-22.csv:3: posts: 27 of the window's 26 tagged "#
                    + #"posts"#,
            ]),
        ChangedCell(
            windows, 6, 9, #"151"#,
            [
                #"sums windows/2026.csv:6: accounts: 151 of 150 posts"#,
                #"scores top/2026/2026-11-22.csv:2: "kelp": expected 30.00, score 0.00 is "#
                    + #"recorded, and expected 45.30, score -7.99 follows from the tails of 4 "#
                    + #"days"#,
                #"scores top/2026/2026-11-22.csv:3: "foam": expected 6.00, score 37.48 is "#
                    + #"recorded, and expected 9.06, score 20.73 follows from the tails of 4 "#
                    + #"days"#,
                #"scores top/2026/2026-11-22.csv:4: "tide": expected 12.00, score 0.00 is "#
                    + #"recorded, and expected 18.12, score -2.63 follows from the tails of 4 "#
                    + #"days"#,
                #"scores top/2026/2026-11-22.csv:5: "solo": expected 1.00, score 0.00 is "#
                    + #"recorded, and expected 1.51, score -0.20 follows from the tails of 4 "#
                    + #"days"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 27 "#
                    + #"posts by 25 accounts, expected 9.06, score 20.73, follows from the tails"#,
            ]),
        ChangedCell(
            windows, 6, 9, #"99"#,
            [
                #"scores top/2026/2026-11-22.csv:2: "kelp": expected 30.00, score 0.00 is "#
                    + #"recorded, and expected 29.70, score 0.00 follows from the tails of 4 "#
                    + #"days"#,
                #"scores top/2026/2026-11-22.csv:3: "foam": expected 6.00, score 37.48 is "#
                    + #"recorded, and expected 5.94, score 37.94 follows from the tails of 4 "#
                    + #"days"#,
                #"scores top/2026/2026-11-22.csv:4: "tide": expected 12.00, score 0.00 is "#
                    + #"recorded, and expected 11.88, score 0.00 follows from the tails of 4 "#
                    + #"days"#,
                #"scores top/2026/2026-11-22.csv:5: "solo": expected 1.00, score 0.00 is "#
                    + #"recorded, and expected 0.99, score 0.00 follows from the tails of 4 days"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 27 "#
                    + #"posts by 25 accounts, expected 5.94, score 37.94, follows from the tails"#,
            ]),
        ChangedCell(
            windows, 6, 9, #"29"#,
            [
                #"sums top/2026/2026-11-22.csv:2: accounts: 30 of the window's 29"#,
                #"sums tail/2026/2026-11-22.csv:2: accounts: 30 of the window's 29"#,
                #"scores top/2026/2026-11-22.csv:2: "kelp": expected 30.00, score 0.00 is "#
                    + #"recorded, and expected nothing, score nothing follows from the tails of "#
                    + #"4 days"#,
                #"scores top/2026/2026-11-22.csv:3: "foam": expected 6.00, score 37.48 is "#
                    + #"recorded, and expected 1.74, score 117.90 follows from the tails of 4 "#
                    + #"days"#,
                #"scores top/2026/2026-11-22.csv:4: "tide": expected 12.00, score 0.00 is "#
                    + #"recorded, and expected 3.48, score 15.90 follows from the tails of 4 "#
                    + #"days"#,
                #"scores top/2026/2026-11-22.csv:5: "solo": expected 1.00, score 0.00 is "#
                    + #"recorded, and expected 0.29, score 1.07 follows from the tails of 4 days"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 27 "#
                    + #"posts by 25 accounts, expected 1.74, score 117.90, follows from the "#
                    + #"tails"#,
            ]),
        ChangedCell(
            windows, 6, 10, #"0"#,
            [
                #"sums windows/2026.csv:6: tags: 0 in 90 tagged posts"#,
                #"sums windows/2026.csv:6: tags: 0 may be listed, and the top has 4"#,
                #"sums windows/2026.csv:6: tags: 0, and the tail has 3"#,
            ]),
        ChangedCell(
            windows, 6, 10, #"3"#,
            [
                #"sums windows/2026.csv:6: tags: 3 may be listed, and the top has 4"#
            ]),
        ChangedCell(
            windows, 6, 11, #"+3"#,
            [
                #"form windows/2026.csv:6: duplicates: expected a whole number, found "+3""#
            ] + orphans("leftover")),
        ChangedCell(
            windows, 6, 12, #"02"#,
            [
                #"form windows/2026.csv:6: the line is not what Tidemark writes for its "#
                    + #"values"#
            ]),
        ChangedCell(
            windows, 6, 13, #""#,
            [
                #"form windows/2026.csv:6: reconnects: expected a whole number, found """#
            ] + orphans("leftover")),
        ChangedCell(
            windows, 6, 14, #""1.0.0""#,
            [
                #"form windows/2026.csv:6: the line is not what Tidemark writes for its "#
                    + #"values"#
            ]),
        ChangedCell(
            windows, 6, 15, #"1"#,
            [#"sums windows/2026.csv:6: tags: 3 may be listed, and the top has 4"#]),
        ChangedCell(
            windows, 6, 15, #"5"#,
            [
                #"sums windows/2026.csv:6: held: 5 of 4 tags"#,
                #"sums windows/2026.csv:6: tags: -1 may be listed, and the top has 4"#,
            ]),
        ChangedCell(windows, 6, 15, "", []),
        ChangedCell(
            windows, 6, 16, #"deleted=1"#,
            [#"sums windows/2026.csv:6: reasons: 1 records in all, where dropped is 2"#]),
        ChangedCell(
            windows, 6, 16, #"deleted=1 bot=1"#,
            [
                #"form windows/2026.csv:6: reasons: expected reasons like deleted=3 "#
                    + #"language=812, sorted by name, found "deleted=1 bot=1""#
            ] + orphans("leftover")),
        ChangedCell(windows, 6, 16, #"deleted=1 invalid=1"#, []),
        ChangedCell(windows, 6, 17, #"the server was slow"#, []),
        ChangedCell(
            windows, 6, 17, #"=1+1"#,
            [
                #"form windows/2026.csv:6: the line is not what Tidemark writes for its "#
                    + #"values"#
            ]),
        ChangedCell(
            top, 3, 1, #"2026-11-21T06:00:00Z"#,
            [
                #"place top/2026/2026-11-22.csv:3: slot: 2026-11-21T06:00:00Z belongs "#
                    + #"into the file of its day"#,
                #"ranks top/2026/2026-11-22.csv:4: rank: 3 in place 2 of the list"#,
                #"ranks top/2026/2026-11-22.csv:5: rank: 4 in place 3 of the list"#,
                #"tail top/2026/2026-11-22.csv:4: "tide" with 20 posts by 12 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
            ]),
        ChangedCell(
            top, 3, 1, #"2026-11-22T12:00:00Z"#,
            [
                #"leftover top/2026/2026-11-22.csv:3: wire has no window "#
                    + #"2026-11-22T12:00:00Z: its rows here (1) count nowhere"#,
                #"ranks top/2026/2026-11-22.csv:4: rank: 3 in place 2 of the list"#,
                #"ranks top/2026/2026-11-22.csv:5: rank: 4 in place 3 of the list"#,
                #"tail top/2026/2026-11-22.csv:4: "tide" with 20 posts by 12 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
            ]),
        ChangedCell(
            top, 3, 2, #"wire2"#,
            [
                #"leftover top/2026/2026-11-22.csv:3: wire2 has no window "#
                    + #"2026-11-22T06:00:00Z: its rows here (1) count nowhere"#,
                #"ranks top/2026/2026-11-22.csv:4: rank: 3 in place 2 of the list"#,
                #"ranks top/2026/2026-11-22.csv:5: rank: 4 in place 3 of the list"#,
                #"tail top/2026/2026-11-22.csv:4: "tide" with 20 posts by 12 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
            ]),
        ChangedCell(
            top, 3, 3, #"3"#,
            [
                #"ranks top/2026/2026-11-22.csv:3: rank: 3 in place 2 of the list"#
            ]),
        ChangedCell(
            top, 3, 3, #"second"#,
            [
                #"form top/2026/2026-11-22.csv:3: rank: expected a whole number, found "#
                    + #""second""#
            ]),
        ChangedCell(
            top, 5, 10, #"0"#,
            [
                #"scores top/2026/2026-11-22.csv:5: "solo": bounds 0 recorded, and bounds 4 by "#
                    + #"the tails of 4 days"#
            ]),
        ChangedCell(
            trending, 2, 10, "",
            [
                #"trending trending/2026/2026-11-22.csv:2: "foam": no bounds recorded, and "#
                    + #"bounds 0 by the tails of 4 days"#
            ]),
        ChangedCell(
            top, 3, 4, #"tide"#,
            [
                #"keys top/2026/2026-11-22.csv:4: tag: "tide" stands twice in the list"#,
                #"spellings top/2026/2026-11-22.csv:3: spelling: "Foam" is not one of "#
                    + #""tide""#,
                #"tail top/2026/2026-11-22.csv:3: "tide" with 27 posts by 25 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
                #"scores top/2026/2026-11-22.csv:3: "tide": expected 6.00, score 37.48 is "#
                    + #"recorded, and expected 12.00, score 12.72 follows from the tails of 4 "#
                    + #"days"#,
            ]),
        ChangedCell(
            top, 3, 4, #"Foam"#,
            [
                #"keys top/2026/2026-11-22.csv:3: tag: "Foam" is not normalised"#,
                #"spellings top/2026/2026-11-22.csv:3: spelling: "Foam" is not one of "#
                    + #""Foam""#,
                #"tail top/2026/2026-11-22.csv:3: "Foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
                #"scores top/2026/2026-11-22.csv:3: "Foam": expected 6.00, score 37.48 is "#
                    + #"recorded, and expected 1.00, score 119.30 follows from the tails of 4 "#
                    + #"days"#,
            ]),
        ChangedCell(
            top, 3, 4, #"fo am"#,
            [
                #"keys top/2026/2026-11-22.csv:3: tag: "fo am" is not normalised"#,
                #"spellings top/2026/2026-11-22.csv:3: spelling: "Foam" is not one of "fo "#
                    + #"am""#,
                #"tail top/2026/2026-11-22.csv:3: "fo am" with 27 posts by 25 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
                #"scores top/2026/2026-11-22.csv:3: "fo am": expected 6.00, score 37.48 "#
                    + #"is recorded, and expected 1.00, score 119.30 follows from the tails of "#
                    + #"4 days"#,
            ]),
        ChangedCell(
            top, 3, 5, #"Tide"#,
            [
                #"spellings top/2026/2026-11-22.csv:3: spelling: "Tide" is not one of "#
                    + #""foam""#
            ]),
        ChangedCell(
            top, 3, 5, #"=foam"#,
            [
                #"form top/2026/2026-11-22.csv:3: the line is not what Tidemark writes "#
                    + #"for its values"#,
                #"spellings top/2026/2026-11-22.csv:3: spelling: "=foam" is not one of "#
                    + #""foam""#,
            ]),
        ChangedCell(
            top, 3, 6, #"28"#,
            [
                #"tail top/2026/2026-11-22.csv:3: "foam" with 28 posts by 25 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#
            ]),
        ChangedCell(
            top, 3, 6, #"91"#,
            [
                #"sums top/2026/2026-11-22.csv:3: posts: 91 of the window's 90 tagged "#
                    + #"posts"#,
                #"tail top/2026/2026-11-22.csv:3: "foam" with 91 posts by 25 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
            ]),
        ChangedCell(
            top, 3, 7, #"26"#,
            [
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 26 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
                #"scores top/2026/2026-11-22.csv:3: "foam": expected 6.00, score 37.48 is "#
                    + #"recorded, and expected 6.00, score 40.84 follows from the tails of 4 "#
                    + #"days"#,
            ]),
        ChangedCell(
            top, 3, 7, #"101"#,
            [
                #"sums top/2026/2026-11-22.csv:3: accounts: 101 of 27 posts"#,
                #"sums top/2026/2026-11-22.csv:3: accounts: 101 of the window's 100"#,
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 101 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
                #"scores top/2026/2026-11-22.csv:3: "foam": expected 6.00, score 37.48 is "#
                    + #"recorded, and expected nothing, score nothing follows from the tails of "#
                    + #"4 days"#,
            ]),
        ChangedCell(
            top, 3, 7, #"28"#,
            [
                #"sums top/2026/2026-11-22.csv:3: accounts: 28 of 27 posts"#,
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 28 accounts "#
                    + #"where the tail has "foam" with 27 posts by 25 accounts, in line 3"#,
                #"scores top/2026/2026-11-22.csv:3: "foam": expected 6.00, score 37.48 is "#
                    + #"recorded, and expected 6.00, score 47.87 follows from the tails of 4 "#
                    + #"days"#,
            ]),
        ChangedCell(
            top, 3, 8, #"6.01"#,
            [
                #"scores top/2026/2026-11-22.csv:3: "foam": expected 6.01, score 37.48 is "#
                    + #"recorded, and expected 6.00, score 37.48 follows from the tails of 4 "#
                    + #"days"#
            ]),
        ChangedCell(
            top, 3, 8, #""#,
            [
                #"scores top/2026/2026-11-22.csv:3: "foam": expected nothing, score 37.48 "#
                    + #"is recorded, and expected 6.00, score 37.48 follows from the tails of 4 "#
                    + #"days"#
            ]),
        ChangedCell(
            top, 3, 8, #"6"#,
            [
                #"form top/2026/2026-11-22.csv:3: the line is not what Tidemark writes "#
                    + #"for its values"#
            ]),
        ChangedCell(
            top, 3, 9, #"37.30"#,
            [
                #"scores top/2026/2026-11-22.csv:3: "foam": expected 6.00, score 37.30 is "#
                    + #"recorded, and expected 6.00, score 37.48 follows from the tails of 4 "#
                    + #"days"#
            ]),
        ChangedCell(
            top, 3, 9, #"nan"#,
            [
                #"form top/2026/2026-11-22.csv:3: score: expected a number, found "nan""#
            ]),
        ChangedCell(
            top, 5, 4, #"sole"#,
            [
                #"spellings top/2026/2026-11-22.csv:5: spelling: "Solo" is not one of "#
                    + #""sole""#
            ]),
        ChangedCell(
            top, 5, 7, #"2"#,
            [
                #"sums top/2026/2026-11-22.csv:5: accounts: 2 of 1 posts"#,
                #"tail top/2026/2026-11-22.csv:5: the tail does not have "solo""#,
                #"scores top/2026/2026-11-22.csv:5: "solo": expected 1.00, score 0.00 is "#
                    + #"recorded, and expected 1.00, score 0.78 follows from the tails of 4 days"#,
            ]),
        ChangedCell(
            trending, 2, 1, #"2026-11-22T00:00:00Z"#,
            [
                #"lost trending/2026/2026-11-22.csv:2: wire has no window "#
                    + #"2026-11-22T00:00:00Z: its rows here (1) count nowhere"#,
                #"trending windows/2026.csv:6: the trending list of wire "#
                    + #"2026-11-22T06:00:00Z ends before "foam" with 27 posts by 25 accounts, "#
                    + #"which follows from the tails"#,
            ]),
        ChangedCell(
            trending, 2, 2, #"wir"#,
            [
                #"leftover trending/2026/2026-11-22.csv:2: wir has no window "#
                    + #"2026-11-22T06:00:00Z: its rows here (1) count nowhere"#,
                #"trending windows/2026.csv:6: the trending list of wire "#
                    + #"2026-11-22T06:00:00Z ends before "foam" with 27 posts by 25 accounts, "#
                    + #"which follows from the tails"#,
            ]),
        ChangedCell(
            trending, 2, 3, #"2"#,
            [
                #"ranks trending/2026/2026-11-22.csv:2: rank: 2 in place 1 of the list"#
            ]),
        ChangedCell(
            trending, 2, 4, #"tide"#,
            [
                #"spellings trending/2026/2026-11-22.csv:2: spelling: "Foam" is not one "#
                    + #"of "tide""#,
                #"trending trending/2026/2026-11-22.csv:2: "tide" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 27 "#
                    + #"posts by 25 accounts, expected 6.00, score 37.48, follows from the tails"#,
            ]),
        ChangedCell(
            trending, 2, 5, #"FOAM!"#,
            [
                #"spellings trending/2026/2026-11-22.csv:2: spelling: "FOAM!" is not one "#
                    + #"of "foam""#
            ]),
        ChangedCell(
            trending, 2, 6, #"26"#,
            [
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 26 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 27 "#
                    + #"posts by 25 accounts, expected 6.00, score 37.48, follows from the tails"#
            ]),
        ChangedCell(
            trending, 2, 7, #"24"#,
            [
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 24 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 27 "#
                    + #"posts by 25 accounts, expected 6.00, score 37.48, follows from the tails"#
            ]),
        ChangedCell(
            trending, 2, 8, #"5.99"#,
            [
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 5.99, score 37.48, is recorded, and "foam" with 27 "#
                    + #"posts by 25 accounts, expected 6.00, score 37.48, follows from the tails"#
            ]),
        ChangedCell(
            trending, 2, 9, #"0.00"#,
            [
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 0.00, is recorded, and "foam" with 27 "#
                    + #"posts by 25 accounts, expected 6.00, score 37.48, follows from the tails"#
            ]),
        ChangedCell(
            tail, 3, 1, #"2026-11-23T06:00:00Z"#,
            [
                #"place tail/2026/2026-11-22.csv:3: slot: 2026-11-23T06:00:00Z belongs "#
                    + #"into the file of its day"#,
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "tide" with 20 posts by 12 accounts, in line 4"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" is recorded, and no "#
                    + #"trend by the tails"#,
            ]),
        ChangedCell(
            tail, 3, 2, #"WIRE"#,
            [
                #"leftover tail/2026/2026-11-22.csv:3: WIRE has no window "#
                    + #"2026-11-22T06:00:00Z: its rows here (1) count nowhere"#,
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "tide" with 20 posts by 12 accounts, in line 4"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" is recorded, and no "#
                    + #"trend by the tails"#,
            ]),
        ChangedCell(
            tail, 3, 3, #"foams"#,
            [
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "foams" with 27 posts by 25 accounts, in line 3"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foams" with 27 "#
                    + #"posts by 25 accounts, expected 1.00, score 119.30, follows from the "#
                    + #"tails"#,
            ]),
        ChangedCell(
            tail, 3, 3, #"kelp"#,
            [
                #"keys tail/2026/2026-11-22.csv:3: tag: "kelp" stands twice in the list"#,
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "kelp" with 27 posts by 25 accounts, in line 3"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" is recorded, and no "#
                    + #"trend by the tails"#,
            ]),
        ChangedCell(
            tail, 3, 4, #"26"#,
            [
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "foam" with 26 posts by 25 accounts, in line 3"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 26 "#
                    + #"posts by 25 accounts, expected 6.00, score 37.48, follows from the tails"#,
            ]),
        ChangedCell(
            tail, 3, 4, #"0"#,
            [
                #"sums tail/2026/2026-11-22.csv:3: posts: 0 of the window's 90 tagged "#
                    + #"posts"#,
                #"sums tail/2026/2026-11-22.csv:3: accounts: 25 of 0 posts"#,
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "foam" with 0 posts by 25 accounts, in line 3"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 0 "#
                    + #"posts by 25 accounts, expected 6.00, score 37.48, follows from the tails"#,
            ]),
        ChangedCell(
            tail, 3, 5, #"24"#,
            [
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "foam" with 27 posts by 24 accounts, in line 3"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 27 "#
                    + #"posts by 24 accounts, expected 6.00, score 34.23, follows from the tails"#,
            ]),
        ChangedCell(
            tail, 3, 5, #"31"#,
            [
                #"sums tail/2026/2026-11-22.csv:3: accounts: 31 of 27 posts"#,
                #"tail top/2026/2026-11-22.csv:3: "foam" with 27 posts by 25 accounts "#
                    + #"where the tail has "foam" with 27 posts by 31 accounts, in line 3"#,
                #"trending trending/2026/2026-11-22.csv:2: "foam" with 27 posts by 25 "#
                    + #"accounts, expected 6.00, score 37.48, is recorded, and "foam" with 27 "#
                    + #"posts by 31 accounts, expected 6.00, score 59.15, follows from the tails"#,
            ]),
        ChangedCell(
            tail, 3, 5, #"twelve"#,
            [
                #"form tail/2026/2026-11-22.csv:3: accounts: expected a whole number, "#
                    + #"found "twelve""#
            ]),
    ]
}
