import Text
import Yams

/// A value on the command line or in the environment: a text, for lists `a, b` or `["a", "b"]`.
enum ListText {
    static func value(
        _ text: String, of path: String, at origin: SettingOrigin
    ) throws(SettingsError) -> Setting.Value {
        guard case .list(let item)? = SettingKey.named(path)?.type else { return .text(text) }
        if text.hasPrefix("[") {
            guard case .list(let texts)? = (try? Yams.compose(yaml: text))?.settingValue else {
                throw .malformed(
                    origin, path: path, expected: SettingType.list(item).description,
                    found: quoted(text))
            }
            return .list(texts)
        }
        return .list(
            text.utf8.split(separator: UInt8(ascii: ",")).map { Substring($0) }
                .map { $0.trimmingSpaces }.filter { !$0.isEmpty })
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
