import Text
import Yams

/// The settings a `tidemark.yaml` holds, each with its line.
///
/// Sections are maps of keys, `sources` is a map of maps; most values are texts or lists of texts.
/// Read by its own parser tree because errors name the line of a key.
struct SettingsFile {
    let settings: [Setting]
    /// The sections of the user's own names and where they begin: `sources.wire`.
    let sections: [String: SettingOrigin]

    /// The user's own names in `sources`.
    var names: [String] {
        sections.keys.compactMap { $0.split(separator: ".").last.map(String.init) }.sorted()
    }

    /// - Parameters:
    ///   - name: how errors call the file.
    ///   - sections: those that are read, and the keys beside them; nil for all.
    init(yaml: String, name: String, sections chosen: Set<String>? = nil) throws(SettingsError) {
        var walk = Walk(file: name)
        if let root = try Self.compose(yaml, name: name), !root.isNothing {
            let pairs = try walk.pairs(of: root).filter { chosen?.contains($0.0.text) ?? true }
            try walk.enter(SettingKey.tree, pairs, path: "")
        }
        settings = walk.settings
        sections = walk.sections
    }

    private static func compose(_ yaml: String, name: String) throws(SettingsError) -> Node? {
        do {
            return try Yams.compose(yaml: SettingsText.plain(yaml))
        } catch let error as YamlError {
            throw syntax(error, name: name, yaml)
        } catch {
            throw .syntax(file: name, line: 1, reason: "is not YAML")
        }
    }

    private static func syntax(
        _ error: YamlError, name: String, _ yaml: String
    ) -> SettingsError {
        func reason(_ problem: String, _ line: Int) -> String {
            let lines = yaml.unicodeScalars.split(
                separator: "\n", omittingEmptySubsequences: false)
            let own = lines.dropFirst(line - 1).first
            let odd = own?.first(where: \.isOddSpace)
            let isTabbed = own?.prefix { $0 == " " || $0 == "\t" }.contains("\t") ?? false
            return "is not YAML: \(problem)"
                + (isTabbed ? "; the line begins with a tab: indent it with spaces" : "")
                + (odd.map { "; the line has a space of another kind (\(quoted(String($0))))" }
                    ?? "")
        }
        return switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .syntax(file: name, line: mark.line, reason: reason(problem, mark.line))
        case .duplicatedKeysInMapping(let keys, let context):
            .syntax(
                file: name, line: context.mark.line,
                reason: "\(keys.sorted().joined(separator: ", ")): stands there twice")
        default: .syntax(file: name, line: 1, reason: "is not YAML")
        }
    }
}

extension SettingsFile {
    /// One pass over the tree.
    private struct Walk {
        let file: String
        var settings: [Setting] = []
        var sections: [String: SettingOrigin] = [:]

        /// What is in a section; `path` is empty or ends with a dot.
        mutating func enter(
            _ tree: SettingKey.Tree, _ pairs: [(Key, Node)], path: String
        ) throws(SettingsError) {
            for (key, node) in pairs {
                let inner = path + key.text
                guard let next = tree[key.text], next.key == nil else {
                    try add(node, path: inner, at: key)
                    continue
                }
                if tree.children[key.text] == nil { sections[inner] = origin(key) }
                try enter(next, try section(node, path: inner, at: key), path: inner + ".")
            }
        }

        private mutating func add(
            _ node: Node, path: String, at key: Key
        ) throws(SettingsError) {
            // An unknown key is reported as such even if its value is odd, too.
            let known = try SettingCheck.key(of: path, at: origin(key))
            guard let value = Setting.Value(node) else {
                throw .malformed(
                    origin(key), path: path, expected: known.words, found: node.found)
            }
            settings.append(Setting(path: path, value: value, origin: origin(key)))
        }

        private func origin(_ key: Key) -> SettingOrigin { .file(file, line: key.line) }

        /// The keys of a section; one with nothing in it has none.
        private func section(
            _ node: Node, path: String, at key: Key
        ) throws(SettingsError) -> [(Key, Node)] {
            if node.isNothing { return [] }
            guard case .mapping = node else {
                throw .malformed(
                    origin(key), path: path, expected: "a section of keys", found: node.found)
            }
            return try pairs(of: node)
        }

        func pairs(of node: Node) throws(SettingsError) -> [(Key, Node)] {
            guard case .mapping(let mapping) = node else {
                throw .syntax(
                    file: file, line: node.mark?.line ?? 1,
                    reason: "expected keys such as window:, found \(node.found)")
            }
            var pairs: [(Key, Node)] = []
            for (name, value) in mapping {
                guard case .scalar(let scalar) = name, !scalar.string.isEmpty else {
                    throw .syntax(
                        file: file, line: name.mark?.line ?? 1,
                        reason: "expected a key, found \(name.found)")
                }
                pairs.append((Key(text: scalar.written, line: name.mark?.line ?? 1), value))
            }
            return pairs
        }
    }

    private struct Key {
        let text: String
        let line: Int
    }
}
