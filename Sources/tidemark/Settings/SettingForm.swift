import Files

/// What the value of a setting looks like, and what it becomes: the check is the parse.
struct SettingForm<Value>: Sendable {
    /// For errors and tables: `a whole number from 1 to 100`.
    let words: String
    /// Something well formed, as it would stand in the file.
    let sample: String
    let shape: SettingShape
    let read: @Sendable (Setting.Value, SettingPlace) throws(SettingFault) -> Value
}

/// How a value is written on a command line and in the environment.
enum SettingShape: Hashable, Sendable {
    case text
    /// `a, b` or `["a", "b"]`.
    case list
    /// YAML, as in the file.
    case tree
}

/// Where a value stands.
struct SettingPlace: Sendable {
    let origin: SettingOrigin
    /// Folder of the configuration file; empty for the working folder.
    let folder: String

    /// Paths in the file are relative to the file, others to the working folder.
    func resolved(_ path: String) -> String {
        switch origin {
        case .environment, .flag: path
        // What lies elsewhere has an address.
        case .file, .standard: path.contains("://") ? path : FilePlace.joined(folder, path)
        }
    }
}

/// Why a value is not of its form.
enum SettingFault: Error {
    case malformed(found: Setting.Value)
    /// It is well formed, and cannot be what is meant.
    case unfit(String)
}

extension SettingForm {
    /// One text without control characters, which no value has a reason to hold. `parse` gives nil for what
    /// is malformed.
    init(
        _ words: String, sample: String,
        _ parse: @escaping @Sendable (String, SettingPlace) -> Value?
    ) {
        self.init(words: words, sample: sample, shape: .text) { value, place throws(SettingFault) in
            guard case .text(let text) = value,
                !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }),
                let parsed = parse(text, place)
            else { throw .malformed(found: value) }
            return parsed
        }
    }

    init(
        _ words: String, sample: String, _ parse: @escaping @Sendable (String) -> Value?
    ) {
        self.init(words, sample: sample) { text, _ in parse(text) }
    }

    /// What is made of a value; where that is nothing, the value is refused for this reason.
    func becoming<New>(
        _ reason: String, _ make: @escaping @Sendable (Value) -> New?
    ) -> SettingForm<New> {
        SettingForm<New>(words: words, sample: sample, shape: shape) {
            value, place throws(SettingFault) in
            guard let made = make(try read(value, place)) else { throw .unfit(reason) }
            return made
        }
    }

    /// Texts, each of that form; `[a, b]`.
    static func list<Item>(_ item: SettingForm<Item>) -> SettingForm where Value == [Item] {
        SettingForm(words: "a list, each \(item.words)", sample: "[\(item.sample)]", shape: .list) {
            value, place throws(SettingFault) in
            guard case .list(let values) = value else { throw .malformed(found: value) }
            var items: [Item] = []
            for value in values { items.append(try item.read(value, place)) }
            return items
        }
    }

    /// As `list`, with at least one.
    static func some<Item>(_ item: SettingForm<Item>) -> SettingForm where Value == [Item] {
        SettingForm<[Item]>.list(item).becoming("must not be empty") { $0.isEmpty ? nil : $0 }
    }

    /// Any names, each with a value of that form; `{ a: b }`.
    static func map<Item>(_ item: SettingForm<Item>) -> SettingForm where Value == [String: Item] {
        SettingForm(words: "any names, each with \(item.words)", sample: "{}", shape: .tree) {
            value, place throws(SettingFault) in
            guard case .map(let entries) = value else { throw .malformed(found: value) }
            var items: [String: Item] = [:]
            for entry in entries { items[entry.name] = try item.read(entry.value, place) }
            return items
        }
    }
}
