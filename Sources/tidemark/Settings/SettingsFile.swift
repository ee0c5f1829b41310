import Yams

/// The settings a `tidemark.yaml` holds, each with its line.
///
/// Sections are maps of keys, `sources` is a map of maps; a value is a text or a list of texts.
/// Read by its own parser tree because errors name the line of a key.
struct SettingsFile {
    let settings: [Setting]
    /// Names of sources in the order of the file.
    let sourceNames: [String]

    /// - Parameter name: how errors call the file.
    init(yaml: String, name: String) throws(SettingsError) {
        var walk = Walk(file: name)
        if let root = try Self.compose(yaml, name: name), !root.isNothing {
            try walk.sections(of: root)
        }
        settings = walk.settings
        sourceNames = walk.sourceNames
    }

    private static func compose(_ yaml: String, name: String) throws(SettingsError) -> Node? {
        do {
            return try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw syntax(error, name: name)
        } catch {
            throw .syntax(file: name, line: 1, reason: "is not YAML")
        }
    }

    private static func syntax(_ error: YamlError, name: String) -> SettingsError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .syntax(file: name, line: mark.line, reason: "is not YAML: \(problem)")
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
        var sourceNames: [String] = []

        /// The top level: sections, and keys that stand alone.
        mutating func sections(of root: Node) throws(SettingsError) {
            for (key, node) in try pairs(of: root, path: "") {
                if key.text == "sources" {
                    try sources(of: node, at: key)
                } else if SettingKey.sections.contains(key.text) {
                    try keys(of: node, under: key.text, at: key)
                } else {
                    try add(node, path: key.text, at: key)
                }
            }
        }

        private mutating func sources(of node: Node, at key: Key) throws(SettingsError) {
            for (name, source) in try section(node, path: key.text, at: key) {
                let path = "sources.\(name.text)"
                let start = settings.count
                try keys(of: source, under: path, at: name)
                if settings.count == start {
                    throw .missing(
                        .file(file, line: name.line), path: path + ".kind",
                        expected: SettingKey.named("sources.*.kind")?.type.description ?? "a kind")
                }
                sourceNames.append(name.text)
            }
        }

        private mutating func keys(
            of node: Node, under path: String, at key: Key
        ) throws(SettingsError) {
            for (leaf, value) in try section(node, path: path, at: key) {
                try add(value, path: "\(path).\(leaf.text)", at: leaf)
            }
        }

        private mutating func add(
            _ node: Node, path: String, at key: Key
        ) throws(SettingsError) {
            let origin = SettingOrigin.file(file, line: key.line)
            // An unknown key is reported as such even if its value is odd, too.
            let known = try SettingCheck.key(of: path, at: origin)
            guard let value = node.settingValue else {
                throw .malformed(
                    origin, path: path, expected: known.type.description, found: node.kindOfValue)
            }
            settings.append(Setting(path: path, value: value, origin: origin))
        }

        /// The keys of a section; one with nothing in it has none.
        private func section(
            _ node: Node, path: String, at key: Key
        ) throws(SettingsError) -> [(Key, Node)] {
            if node.isNothing { return [] }
            guard case .mapping = node else {
                throw .malformed(
                    .file(file, line: key.line), path: path, expected: "a section of keys",
                    found: node.kindOfValue)
            }
            return try pairs(of: node, path: path)
        }

        private func pairs(of node: Node, path: String) throws(SettingsError) -> [(Key, Node)] {
            guard case .mapping(let mapping) = node else {
                throw .syntax(
                    file: file, line: node.mark?.line ?? 1,
                    reason: "expected keys such as window:, found \(node.kindOfValue)")
            }
            var pairs: [(Key, Node)] = []
            for (name, value) in mapping {
                guard case .scalar(let scalar) = name, !scalar.string.isEmpty else {
                    throw .syntax(
                        file: file, line: name.mark?.line ?? 1,
                        reason: "expected a key, found \(name.kindOfValue)")
                }
                pairs.append((Key(text: scalar.string, line: name.mark?.line ?? 1), value))
            }
            return pairs
        }
    }

    private struct Key {
        let text: String
        let line: Int
    }
}
