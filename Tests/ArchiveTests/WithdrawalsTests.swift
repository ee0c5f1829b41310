import Support
import Testing
import Text

@testable import Archive

@Suite("Withdrawals")
struct WithdrawalsTests {
    private func withdrawals(_ text: String) throws -> Withdrawals {
        try Withdrawals(bytes(text), path: "w.csv")
    }

    @Test(
        "match by the key, however a hashtag was written",
        arguments: [
            "art", "#art", "Art", "＃ART", "##art", " #art ", "\u{A0}art\u{A0}", "\"#art\"", "ａｒｔ",
            "\u{FEFF}art", "a*", "#A*t", "*rt*",
        ])
    func forms(tag: String) throws {
        for (start, end) in [("", "\n"), ("\u{FEFF}", "\r\n"), ("", "")] {
            let text = "\(start)tag,since,reason\(end.isEmpty ? "\n" : end)\(tag),,\(end)"
            let withdrawals = try withdrawals(text)
            #expect(withdrawals.contains(ExactText("art")))
            #expect(!withdrawals.contains(ExactText("kelp")))
            #expect(withdrawals.lines.count == 1)
        }
    }

    @Test("are told of bytes that are no text, which would make a hashtag that nobody wrote")
    func latin1() {
        let error = #expect(throws: ArchiveError.self) {
            try Withdrawals(bytes("tag,since,reason\n#caf") + [0xE9] + bytes(",,\n"), path: "w.csv")
        }
        #expect(error?.description == "w.csv:2: tag: expected UTF-8, found \"#caf\u{FFFD}\"")
    }

    @Test("take a day, a time or nothing for since, and leave cells out at the end")
    func cells() throws {
        let withdrawals = try withdrawals(
            "tag, since ,reason\nart,2026-11-22,\nkelp,2026-11-22T00:00:00Z,\"spam, says A.\"\n"
                + "\n,,\ntide\nBluesky,,\n")
        #expect(withdrawals.lines.map(\.tag) == ["art", "kelp", "tide", "Bluesky"])
        #expect(withdrawals.lines[1].reason == "spam, says A.")
        #expect(withdrawals.contains(ExactText("bluesky")))
        #expect(withdrawals.tagCount == 4)
        #expect(try self.withdrawals("").isEmpty)
        #expect(try self.withdrawals("tag,since,reason\na*,,\n").tagCount == nil)
    }

    @Test(
        "stop at a line that would withdraw nothing, or everything, with its number",
        arguments: [
            ("#", "w.csv:3: tag: expected a hashtag such as #art, or several by art*, found \"#\""),
            (
                "2026",
                "w.csv:3: tag: expected a hashtag such as #art, or several by art*, found \"2026\""
            ),
            ("*", "w.csv:3: tag: expected a hashtag such as #art, or several by art*, found \"*\""),
            (
                "#a#b",
                "w.csv:3: tag: expected a hashtag such as #art, or several by art*, found \"#a#b\""
            ),
            (
                "art;2026-11-20;x",
                "w.csv:3: tag: expected a hashtag such as #art, or several by art*, found \"art;2026-11-20;x\""
            ),
            (
                "$aapl",
                "w.csv:3: tag: expected a hashtag such as #art, or several by art*, found \"$aapl\""
            ),
            (
                ",2026-11-22",
                "w.csv:3: tag: expected a hashtag such as #art, or several by art*, found \"\""
            ),
            (
                "a,yesterday",
                "w.csv:3: since: expected a day like 2026-11-22, a time, or nothing, found \"yesterday\""
            ),
            ("a,,b,c", "w.csv:3: expected 3 fields, found 4"),
            (
                "\"a,,b",
                "w.csv:3: tag: expected a quotation mark that ends what the first one begins, found \"a,,b\\u{a}kelp,,\\u{a}\""
            ),
        ])
    func refused(line: String, message: String) {
        let error = #expect(throws: ArchiveError.self) {
            try withdrawals("tag,since,reason\ntide,,\n\(line)\nkelp,,\n")
        }
        #expect(error?.description == message)
    }

    @Test(
        "stop at a first line that is no header", arguments: ["art,,", "since,tag,reason", "tag"])
    func header(line: String) {
        let error = #expect(throws: ArchiveError.self) { try withdrawals(line + "\nkelp,,\n") }
        #expect(
            error?.description.hasPrefix("w.csv:1: expected the header tag,since,reason") == true)
    }

    @Test("are written as they are read, and taken back by any spelling")
    func written() throws {
        var list = Withdrawals()
        for tag in ["#Art", "kelp*", "=1a", "a,b\"c"] {
            let isTaken = list.add(Withdrawals.Line(tag: tag, since: "2026-11-22", reason: "x\ny"))
            #expect(isTaken)
        }
        let isNone = list.add(Withdrawals.Line(tag: "#"))
        #expect(!isNone)
        #expect(try Withdrawals(list.bytes, path: "w.csv") == list)
        let removed = [list.remove("ａrt"), list.remove("art"), list.remove("#KELP*")]
        #expect(removed == [true, false, true])
        #expect(list.lines.map(\.tag) == ["=1a", "a,b\"c"])
        #expect(!list.contains(ExactText("kelpie")))
    }
}
