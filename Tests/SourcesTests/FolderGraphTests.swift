import Foundation
import Support
import Testing

/// Folders are layers: what a folder of a module uses never leads back to it.
struct FolderGraphTests {
    @Test(arguments: try modules())
    func `no circle leads from a folder of a module back to it`(module: String) throws {
        let graph = FolderGraph(files: try files(of: module))
        #expect(graph.circles.map { graph.text(of: $0) } == [])
    }

    @Test func `tells a circle by the names that close it`() {
        let graph = FolderGraph(files: [
            "A/One.swift": "struct One { let other: Other }",
            "A/Lone.swift": "// Other\nlet text = \"Other \\(One.self) // \"; enum Lone {}",
            "B/Two.swift": "struct Two { struct One {}; let one: One }\nprivate enum Lone {}",
            "C/Other.swift": "enum Other { static func go() { start(\"\\(Lone.self)\") } }",
            "C/Way.swift": "func start(_ x: String) { Two.One.go() }",
        ])
        #expect(
            graph.circles.map { graph.text(of: $0) } == ["A uses C for Other", "C uses A for Lone"])
    }

    private static func modules() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Repository.folder + "/Sources").sorted()
    }

    /// The texts of the Swift files, by their paths in the module's folder.
    private func files(of module: String) throws -> [String: String] {
        let folder = Repository.folder + "/Sources/" + module
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".swift") }
        return try Dictionary(
            uniqueKeysWithValues: paths.map {
                ($0, try String(contentsOfFile: folder + "/" + $0, encoding: .utf8))
            })
    }
}
