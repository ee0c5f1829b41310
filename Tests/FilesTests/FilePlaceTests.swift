import Files
import Testing

@Suite("FilePlace")
struct FilePlaceTests {
    @Test(
        "paths are joined by text, absolute ones stay",
        arguments: [
            ("", "a", "a"), (".", "a", "a"), ("f", "a", "f/a"), ("f/", "a", "f/a"),
            ("f", "/a", "/a"), ("/", "a", "/a"),
        ])
    func joined(folder: String, path: String, expected: String) {
        #expect(FilePlace.joined(folder, path) == expected)
    }

    @Test(
        "a path has a folder and a name",
        arguments: [("a", "", "a"), ("f/a", "f", "a"), ("/a", "/", "a"), ("/f/g/a", "/f/g", "a")])
    func parts(path: String, folder: String, name: String) {
        #expect(FilePlace.folder(of: path) == folder)
        #expect(FilePlace.name(of: path) == name)
    }

    @Test(
        "a canonical path is absolute, without links and dots, whether or not it is there",
        arguments: [
            ("/", "/"), ("/usr/../usr/./", "/usr"), ("/nowhere/x/../y//z/", "/nowhere/y/z"),
            ("/proc/self/root", "/"), ("/../..", "/"), ("/nowhere/../..", "/"),
        ])
    func canonical(path: String, expected: String) {
        #expect(FilePlace.canonical(path) == expected)
    }
}
