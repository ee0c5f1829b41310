/// What the user wrote for one key, not yet read by its type.
struct Setting: Hashable, Sendable {
    enum Value: Hashable, Sendable {
        case text(String)
        case list([String])
        /// A key of the file without a value.
        case nothing
    }

    /// `window.top`, `sources.wire.address`.
    let path: String
    let value: Value
    let origin: SettingOrigin
}
