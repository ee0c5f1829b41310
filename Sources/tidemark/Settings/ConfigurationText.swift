import Snapshot

/// The documentation of the settings, made from their table.
enum ConfigurationText {
    /// A `tidemark.yaml` with every key as a comment that shows its default.
    static var yaml: String {
        var lines = [
            "# Configuration of tidemark. Every key is optional: what is commented out shows its",
            "# default. Each can also be a flag (--window.top 5) or an environment variable",
            "# (TIDEMARK_WINDOW_TOP=5). Secrets come from the environment alone.",
        ]
        var section: String?
        for key in SettingKey.all where !key.isSecret && !key.isIdle && key.section != "sources" {
            if key.section == "publish", section != "publish" { lines += sources }
            if key.section == nil || key.section != section {
                lines += key.section.map { ["", "\($0):"] } ?? [""]
            }
            section = key.section
            lines += entry(key, indent: section == nil ? "# " : "  # ")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The README's table of settings.
    static var markdown: String {
        let rows = SettingKey.all.filter { !$0.isIdle }.map { key in
            let kinds =
                key.kinds.isEmpty
                ? "" : " (\(key.kinds.joined(separator: ", ")))"
            let standard = key.standard.map { "`\($0)`" } ?? ""
            return "| `\(key.path.replacingStar(by: "NAME"))` | \(key.words) | \(standard) "
                + "| \(key.meaning)\(kinds) |"
        }
        return (["| key | value | default | meaning |", "|---|---|---|---|"] + rows)
            .joined(separator: "\n") + "\n"
    }

    private static var sources: [String] {
        let keys = SettingKey.told.filter { $0.section == "sources" && !$0.isSecret }
        var lines = [
            "",
            "# Sources are read side by side, each under a name of your own (a-z, 0-9 and -). Each may",
            "# have a title, which the site shows, languages: a list such as [en, de]; empty for all, and",
            "# filters of its own. With of: my-bluesky in the place of a kind it is an edition: posts of",
            "# my-bluesky, read once, counted by these languages and filters too.",
            "# Without any, and without a place to publish to, the built-in demonstration runs.",
            "sources:",
        ]
        for kind in Settings.Source.Name.allCases {
            let name = kind == .sample ? SampleSource.reservedName : "my-\(kind.rawValue)"
            lines += ["  # \(name):", "  #   kind: \(kind.rawValue)"]
            var section: Substring?
            for key in keys where key.kinds.contains(kind.rawValue) {
                let parts = key.path.split(separator: ".")
                let own = parts.count > 3 ? parts[2] : nil
                if let own, own != section { lines.append("  #   \(own):") }
                section = own
                lines += entry(key, indent: own == nil ? "  #   " : "  #     ")
            }
        }
        return lines
    }

    private static func entry(_ key: SettingKey, indent: String) -> [String] {
        let leaf = key.path.split(separator: ".").last ?? ""
        let kind = ["text", "a path"].contains(key.words) ? "" : " (\(key.words))"
        let comment = indent.hasPrefix("  #   ") ? indent + "# " : indent
        let standard = key.standard.map { " \($0)" } ?? ""
        return ["\(comment)\(key.meaning)\(kind).", "\(indent)\(leaf):\(standard)"]
    }
}

extension String {
    fileprivate func replacingStar(by name: String) -> String {
        split(separator: "*", omittingEmptySubsequences: false).joined(separator: name)
    }
}
