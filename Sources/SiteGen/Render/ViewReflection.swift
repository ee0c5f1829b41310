import Mustache

/// A view as dictionaries and arrays, reflected once.
///
/// Left to itself, swift-mustache reflects a whole view again for every key a template names, which is
/// where nearly all of a build's time would go.
enum ViewReflection {
    /// Absent optionals have no key.
    static func values(of view: some View) -> [String: Any] { record(view) }

    private static func record(_ view: Any) -> [String: Any] {
        var values: [String: Any] = [:]
        for (label, value) in Mirror(reflecting: view).children {
            if let label { values[label] = plain(value) }
        }
        return values
    }

    private static func plain(_ value: Any) -> Any? {
        switch value {
        case is String, is Bool, is any MustacheCustomRenderable: return value
        case let list as [Any]: return list.compactMap(plain)
        default:
            let mirror = Mirror(reflecting: value)
            guard mirror.displayStyle == .optional else { return record(value) }
            return mirror.children.first.flatMap { plain($0.value) }
        }
    }
}
