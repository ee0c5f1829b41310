import Text
import Yams

extension SettingKey {
    /// A value on the command line or in the environment: a text, for lists `a, b` or `["a", "b"]`, for anything
    /// deeper YAML.
    ///
    /// - Parameter path: the key's own.
    func value(
        of text: String, as path: String, at origin: SettingOrigin
    ) throws(SettingsError) -> Setting.Value {
        switch shape {
        case .text: return .text(text)
        case .list where !text.hasPrefix("["):
            return .list(
                text.utf8.split(separator: UInt8(ascii: ",")).map { Substring($0) }
                    .map(\.trimmingSpaces).filter { !$0.isEmpty }.map { .text($0) })
        case .list, .tree:
            guard let value = (try? Yams.compose(yaml: text)).flatMap({ Setting.Value($0) }) else {
                throw .malformed(
                    origin, path: path, expected: words, found: quoted(text))
            }
            return value
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        // By scalars: a mark behind a space would join it.
        var text = unicodeScalars
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
