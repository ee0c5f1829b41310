import Foundation
import Support
import Testing

@testable import tidemark

@Suite("ConfigurationText")
struct ConfigurationTextTests {
    @Test("tidemark.example.yaml is what init writes")
    func example() throws {
        let example = try String(
            contentsOfFile: Repository.folder + "/tidemark.example.yaml", encoding: .utf8)
        #expect(example == ConfigurationText.yaml)
    }

    @Test("the file as it is written says nothing but the defaults")
    func commented() throws {
        let file = try SettingsFile(yaml: ConfigurationText.yaml, name: "t.yaml")
        #expect(file.settings == [])
        #expect(file.names == [])
    }

    @Test("with its comments taken away each key stands in its section with its default")
    func uncommented() throws {
        let keys =
            #/^(?<indent> *)# (?<key>(?<deeper> *)[A-Za-z]+: .+|my-[a-z]+:|sample:|  spark:|  kind: .*)$/#
        let yaml = ConfigurationText.yaml.split(separator: "\n").compactMap { line in
            if let match = line.wholeMatch(of: keys) { return match.indent + match.key }
            // Sentences, and keys without a default, have nothing to show.
            return line.contains("#") ? nil : line
        }.joined(separator: "\n")
        let found = try SettingsFile(yaml: String(yaml), name: "t.yaml").settings
        let defaults = found.filter { !$0.path.hasSuffix(".kind") }
        for setting in defaults {
            let pattern = SettingKey.named(setting.path)?.path
            #expect(
                SettingKey.all.contains {
                    $0.path == pattern
                        && $0.standard.map { Setting.Value(yaml: $0) } == setting.value
                }, "\(setting)")
        }
        let expected = SettingKey.all.filter {
            $0.standard != nil && !$0.isIdle && $0.path != "sources.*.languages"
        }
        #expect(
            Set(defaults.compactMap { SettingKey.named($0.path)?.path })
                == Set(expected.map(\.path)))
    }
}
