import Digest
import Support
import Testing
import Text

@testable import Output

struct FileListTests {
    private func file(_ path: String, _ byte: UInt8 = 1) -> FileList.File {
        FileList.File(path: path, digest: SHA256(of: [byte]), byteCount: 5, modified: 1_700_000)
    }

    @Test func `is a line a file, in order, and reads the same back`() throws {
        let list = FileList([file("tags/é/index.html", 2), file("a b.txt")])
        let text = list.encoded
        #expect(
            String(decoding: text, as: UTF8.self)
                == SHA256(of: [1]).hex + " 5 1700000 a b.txt\n" + SHA256(of: [2]).hex
                + " 5 1700000 tags/é/index.html\n")
        #expect(FileList(decoding: text) == list)
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
        #expect(FileList(decoding: new.encoded) == new)
    }

    @Test(arguments: [("a", true), ("a/b", true), ("a/b/c", false), ("a/", false), ("aa", false)])
    func `tells folders in which a file is`(_ folder: String, isOne: Bool) {
        #expect(FileList([file("a/b/c"), file("a b"), file("b")]).hasFile(below: folder) == isOne)
    }

    @Test func `tells what is otherwise than in an older one`() {
        let names = ["a", "a b", "a/b", "b", "c", "é"]
        for seed in UInt64(1)...50 {
            var random = SeededRandom(seed)
            func any() -> FileList {
                FileList(
                    names.filter { _ in Bool.random(using: &random) }.map {
                        FileList.File(
                            path: $0, digest: SHA256(of: [UInt8.random(in: 0..<2, using: &random)]),
                            byteCount: 5, modified: .random(in: 1...2, using: &random))
                    })
            }
            let (old, new) = (any(), any())
            let (changed, gone) = new.changes(since: old)
            #expect(changed == new.files.filter { old.file($0.path.text)?.digest != $0.digest })
            #expect(gone == old.files.map(\.path.text).filter { new.file($0) == nil })
        }
    }

    @Test func `tells what is otherwise than in its base, and the same as without one`() throws {
        let names =
            (0..<40).map { "tags/t\($0 * 7 % 40)/index.html" } + ["index.html", "é", "e\u{301}"]
        for seed in UInt64(1)...30 {
            var random = SeededRandom(seed)
            func some() -> [FileList.File] {
                names.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }.map {
                    file($0, UInt8.random(in: 0..<3, using: &random))
                }
            }
            let (based, isNew) = FileList(names.map { file($0) }).rebased(from: 1)
            let base = try #require(based.base)
            #expect(isNew)
            var (list, plain, older) = (based, FileList(names.map { file($0) }), based)
            for _ in 0..<4 {
                let changed = some()
                (list, plain) = (list.with(changed), plain.with(changed))
                #expect(list == plain)
                #expect(list.files.map { $0 } == plain.files.map { $0 })
                let read = FileList(decoding: list.encoded) { $0 == base.name ? base.text : nil }
                #expect(read == list)
                #expect(FileList(decoding: list.encoded, sharing: older) == list)
                #expect(FileList(decoding: list.encoded) == nil)
                #expect(
                    list.changes(since: older).changed
                        == plain.changes(since: FileList(older.files.map { $0 })).changed)
                #expect(older.changes(since: list).gone == [])
                if Bool.random(using: &random) { older = list }
            }
            let again = list.rebased(from: 1)
            #expect(again.list == plain)
            #expect(again.isNew == (list.encoded.split(separator: 10).count - 1 > names.count / 16))
        }
    }

    @Test func `does not take another list for its base`() throws {
        let based = FileList([file("a"), file("b")]).rebased(from: 1).list
        let base = try #require(based.base)
        let other = FileList([file("a"), file("c")]).encoded
        #expect(FileList(decoding: based.encoded) { _ in other } == nil)
        #expect(FileList(decoding: based.encoded) { _ in base.text } == based)
    }

    @Test func `gives the files below a folder`() {
        let list = FileList([file("a/b/c"), file("a/d"), file("a b"), file("a0"), file("b")])
        #expect(list.files(below: "a").map(\.path.text) == ["a/b/c", "a/d"])
        #expect(list.files(below: "b").isEmpty)
        #expect(list.files.count(endingIn: "d") == 1)
    }
}
