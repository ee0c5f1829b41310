import Foundation
import Support
import Testing

@testable import tidemark

@Suite("SettingKey")
struct SettingKeyTests {
    @Test("telling the keys fails nowhere, so all are told, with well-formed defaults")
    func told() throws {
        var keys = SettingKeys(nil)
        _ = try Settings(&keys, file: nil)
        #expect(Set(keys.told.map(\.path)) == Set(SettingKey.all.map(\.path)))
        #expect(SettingKey.all.last?.path == "hooks.metrics")
    }

    @Test("the keys that lie in no section are told alone, none left out")
    func alone() {
        #expect(SettingKey.alone == Set(SettingKey.all.map(\.path).filter { !$0.contains(".") }))
    }

    @Test("a path has one shape and one environment name, whatever kinds of source have it")
    func uniqueNames() {
        let paths = Set(SettingKey.all.map(\.path))
        #expect(Set(SettingKey.all.map { "\($0.path) \($0.shape)" }).count == paths.count)
        #expect(Set(SettingKey.all.map(\.environmentName)).count == paths.count)
    }

    @Test(
        "an environment name is the path in capitals, parts and words joined by _",
        arguments: [
            ("window.top", "TIDEMARK_WINDOW_TOP"),
            ("window.minimumAccounts", "TIDEMARK_WINDOW_MINIMUM_ACCOUNTS"),
            ("chartScript", "TIDEMARK_CHART_SCRIPT"),
            ("sources.my-wire.budgetPosts", "TIDEMARK_SOURCES_MY_WIRE_BUDGET_POSTS"),
        ])
    func environmentNames(path: String, name: String) {
        #expect(SettingKey.environmentName(of: path) == name)
    }

    @Test("the page of the configuration has the table of all keys")
    func page() throws {
        let page = try String(
            contentsOfFile: Repository.folder + "/docs/configuration.md", encoding: .utf8)
        #expect(page.hasSuffix(ConfigurationText.markdown), "\(ConfigurationText.markdown)")
    }

    @Test("the README has the ten keys that one needs, as that table has them")
    func readme() throws {
        let readme = try String(contentsOfFile: Repository.folder + "/README.md", encoding: .utf8)
        let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.contains(".") }
            .filter { row in
                SettingKey.all.contains {
                    row.hasPrefix("| `\($0.path.replacing("*", with: "NAME"))` ")
                }
            }
        #expect(rows.count == 10)
        for row in rows { #expect(ConfigurationText.markdown.contains(row), "\(row)") }
    }
}
