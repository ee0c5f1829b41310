import Text
import Yams

extension Setting.Value {
    /// The value that a node of YAML is; nil for aliases, names that are no texts, and what is nested more
    /// deeply than any setting.
    init?(_ node: Node, depth: Int = 4) {
        if node.isNothing {
            self = .nothing
            return
        }
        guard depth > 0 else { return nil }
        switch node {
        case .scalar(let scalar): self = .text(scalar.written)
        case .sequence(let sequence):
            var values: [Setting.Value] = []
            for item in sequence {
                guard let value = Setting.Value(item, depth: depth - 1) else { return nil }
                values.append(value)
            }
            self = .list(values)
        case .mapping(let mapping):
            var entries: [Setting.Entry] = []
            for (name, item) in mapping {
                guard case .scalar(let scalar) = name,
                    let value = Setting.Value(item, depth: depth - 1)
                else { return nil }
                entries.append(
                    Setting.Entry(name: scalar.written, line: name.mark?.line ?? 1, value: value))
            }
            self = .map(entries)
        case .alias: return nil
        }
    }

    /// A value as it would stand in the file; nothing for what is not YAML.
    init(yaml: String) {
        // Most are a word, for which no parser is needed.
        if let first = yaml.unicodeScalars.first, !"[{\"'~".unicodeScalars.contains(first) {
            self = .text(yaml)
        } else {
            self = (try? Yams.compose(yaml: yaml)).flatMap { Setting.Value($0) } ?? .nothing
        }
    }

    /// What to call a value that is not what was expected.
    var found: String {
        switch self {
        case .text(let text): quoted(text)
        case .list: "a list"
        case .map: "a section of keys"
        case .nothing: "nothing"
        }
    }
}

extension Node.Scalar {
    /// Without quotes, it has no space of any kind at its ends.
    var written: String { style == .plain ? string.trimmingSpaces() : string }
}

extension Node {
    /// An empty value, `~` or `null`.
    var isNothing: Bool {
        guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else {
            return false
        }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.written)
    }

    /// What to call a node of the wrong shape.
    var found: String {
        switch self {
        case .scalar(let scalar): isNothing ? "nothing" : quoted(scalar.string)
        case .sequence: "a list"
        case .mapping: "a section of keys"
        case .alias: "an alias"
        }
    }
}
