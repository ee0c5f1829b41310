import Foundation
import Support
import Testing

/// Folders are layers: what a folder of a module uses never leads back to it.
struct FolderGraphTests {
    /// Circles that are still to be mended, by module: their folders.
    private static let known: [String: Set<String>] = [
        "Decode": ["Framing", "Hashtag", "JSON", "Posts"]
    ]

    @Test(arguments: try modules())
    func `no circle leads from a folder of a module back to it`(module: String) throws {
        let graph = FolderGraph(files: try files(of: module))
        let known = Self.known[module] ?? []
        let circles = graph.circles.filter { !known.contains($0.user) || !known.contains($0.used) }
        #expect(circles.map { graph.text(of: $0) } == [])
        #expect(known.isSubset(of: graph.circles.map(\.user)), "mended: take it off the list")
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
