import Digest
import Testing
import Text

@testable import SiteGen

struct FileListTests {
    private func file(_ path: String, _ byte: UInt8 = 1) -> FileList.File {
        FileList.File(
            path: ExactText(path), digest: SHA256(of: [byte]), byteCount: 5,
            modified: 1_700_000)
    }

    @Test func `is a line a file, in order, and reads the same back`() throws {
        let list = FileList([file("tags/é/index.html", 0xAB), file("a b.txt")])
        let text = list.encoded
        #expect(
            String(decoding: text, as: UTF8.self)
                == SHA256(of: [1]).hex + " 5 1700000 a b.txt\n"
                + SHA256(of: [0xAB]).hex + " 5 1700000 tags/é/index.html\n")
        #expect(FileList(decoding: text)?.files == list.files)
        #expect(list.pageCount == 1)
    }

    @Test(arguments: ["x", "00 5 1 a\n", String(repeating: "zz", count: 32) + " 5 1 a\n"])
    func `takes nothing else for a list`(text: String) {
        #expect(FileList(decoding: Array(text.utf8)) == nil)
    }

    @Test func `puts changed files in their places`() {
        let list = FileList([file("b"), file("d"), file("e\u{301}")])
        let new = list.with([file("a"), file("d", 2), file("é"), file("z")])
        #expect(new.files.map(\.path.text) == ["a", "b", "d", "e\u{301}", "z", "é"])
        #expect(new.file("d")?.digest == SHA256(of: [2]))
        #expect(new.file("c") == nil)
        #expect(FileList(decoding: new.encoded)?.files == new.files)
    }
}
