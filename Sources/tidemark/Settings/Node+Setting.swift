import Text
import Yams

extension Node {
    /// An empty value, `~` or `null`.
    var isNothing: Bool {
        guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else {
            return false
        }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// The texts in a value as they stand, whatever YAML would make of them; nil for other shapes.
    var settingValue: Setting.Value? {
        if isNothing { return .nothing }
        switch self {
        case .scalar(let scalar): return .text(scalar.string)
        case .sequence(let sequence):
            var texts: [String] = []
            for item in sequence {
                guard case .scalar(let scalar) = item, !item.isNothing else { return nil }
                texts.append(scalar.string)
            }
            return .list(texts)
        case .mapping, .alias: return nil
        }
    }

    /// What to call a value of the wrong shape.
    var kindOfValue: String {
        switch self {
        case .scalar(let scalar): isNothing ? "nothing" : quoted(scalar.string)
        case .sequence: "a list"
        case .mapping: "a section of keys"
        case .alias: "an alias"
        }
    }
}
