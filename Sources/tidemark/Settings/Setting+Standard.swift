import Yams

extension Setting.Value {
    /// A default of the table: YAML, as it stands in the example file.
    static func standard(_ yaml: String) -> Setting.Value {
        (try? Yams.compose(yaml: yaml))?.settingValue ?? .nothing
    }
}
