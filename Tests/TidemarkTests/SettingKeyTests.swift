import Foundation
import Support
import Testing

@testable import tidemark

@Suite("SettingKey")
struct SettingKeyTests {
    @Test("every path and every environment name is there once")
    func uniqueNames() {
        #expect(Set(SettingKey.all.map(\.path)).count == SettingKey.all.count)
        #expect(Set(SettingKey.all.map(\.environmentName)).count == SettingKey.all.count)
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

    @Test("every default is well formed by its own type", arguments: SettingKey.all)
    func defaults(key: SettingKey) {
        guard let standard = key.standard else { return }
        switch (Setting.Value.standard(standard), key.type) {
        case (.list(let texts), .list(let item)):
            #expect(texts.allSatisfy(item.accepts))
        case (.text(let text), _): #expect(key.type.accepts(text))
        default: Issue.record("\(key.path) has the default \(standard)")
        }
    }

    @Test("the README has the table of all keys")
    func readme() throws {
        let readme = try String(contentsOfFile: Repository.folder + "/README.md", encoding: .utf8)
        #expect(readme.contains(ConfigurationText.markdown), "\(ConfigurationText.markdown)")
    }
}
