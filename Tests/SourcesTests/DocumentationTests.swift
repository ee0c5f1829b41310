import Foundation
import Support
import Testing

/// What the documentation names is there.
struct DocumentationTests {
    private static let pages =
        ["README.md", "CONTRIBUTING.md"]
        + ((try? FileManager.default.contentsOfDirectory(atPath: "\(Repository.folder)/docs")) ?? [])
        .filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }

    @Test(arguments: pages) func `Every file and folder that a page names exists`(
        page: String
    ) throws {
        let text = try String(contentsOfFile: "\(Repository.folder)/\(page)", encoding: .utf8)
        let named = text.matches(
            of:
                #/`((?:Sources|Templates|Tests|Fuzzing|Benchmarks|Scripts|docs)\/[^`\s]*|[A-Za-z.]+\.(?:md|swift|yaml))`/#
        ).map { String($0.1) }.filter { $0 != "tidemark.yaml" && $0 != "tidemark.example.yaml" }
        let folder = page.hasPrefix("docs/") ? "docs/" : ""
        let linked = text.matches(of: #/\]\(([^)#:]+)(?:#[^)]*)?\)/#).map { folder + $0.1 }
        #expect(page == "docs/counting.md" || !named.isEmpty || !linked.isEmpty)
        for path in named + linked {
            #expect(
                FileManager.default.fileExists(atPath: "\(Repository.folder)/\(path)"), "\(path)")
        }
    }

    @Test func `Every type that the map and the guide name is declared`() throws {
        var declared: Set<String> = []
        for folder in ["Sources", "Tests"] {
            let paths = try FileManager.default.subpathsOfDirectory(
                atPath: "\(Repository.folder)/\(folder)")
            for path in paths where path.hasSuffix(".swift") {
                let text = try String(
                    contentsOfFile: "\(Repository.folder)/\(folder)/\(path)", encoding: .utf8)
                declared.formUnion(
                    text.matches(of: #/\b(?:struct|class|enum|actor|protocol) (\w+)/#)
                        .map { String($0.1) })
            }
        }
        let modules = try FileManager.default.contentsOfDirectory(
            atPath: "\(Repository.folder)/Sources")
        for page in ["docs/architecture.md", "docs/extending.md"] {
            let text = try String(contentsOfFile: "\(Repository.folder)/\(page)", encoding: .utf8)
            let named = Set(text.matches(of: #/`([A-Z]\w+)`/#).map { String($0.1) })
            #expect(named.subtracting(declared).subtracting(modules) == [], "\(page)")
        }
    }

    @Test func `The architecture has a row for every module, and for nothing else`() throws {
        let page = try String(
            contentsOfFile: "\(Repository.folder)/docs/architecture.md", encoding: .utf8)
        let rows = page.matches(of: #/(?m)^\| (`.*?) \|/#).flatMap { row in
            row.1.matches(of: #/`(\w+)`/#).map { String($0.1) }
        }
        let modules = try FileManager.default.contentsOfDirectory(
            atPath: "\(Repository.folder)/Sources")
        #expect(rows.sorted() == modules.sorted())
    }
}
