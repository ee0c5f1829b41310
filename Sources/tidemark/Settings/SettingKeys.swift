import Text

/// The keys of one section while they are read, or told.
///
/// A call is all there is to say of a key: its name, its form, its default and what it means. Told, it adds an
/// entry to the table of keys, from which flags, variables, documentation and the check for unknown keys follow.
/// Read, it gives the value besides.
struct SettingKeys {
    /// Nil if the keys are only told: then all have their defaults, or samples.
    private let given: GivenSettings?
    /// Empty, or ends with a dot: `sources.wire.`.
    private let prefix: String
    /// The kind of source whose keys are told.
    private var kind: String?
    /// In the order in which they were asked for.
    private(set) var told: [SettingKey] = []

    /// Reads what is given; nil tells the keys.
    init(_ given: GivenSettings?) { self.init(given, prefix: "") }

    private init(_ given: GivenSettings?, prefix: String, kind: String? = nil) {
        self.given = given
        self.prefix = prefix
        self.kind = kind
    }

    /// A key with a default, written as in the file.
    mutating func callAsFunction<Value>(
        _ name: String, _ form: SettingForm<Value>, or standard: String, _ meaning: String,
        isIdle: Bool = false
    ) throws(SettingsError) -> Value {
        tell(name, form, standard, meaning, isIdle: isIdle)
        let setting = given?[prefix + name] ?? self.standard(standard, name)
        return try read(setting, form)
    }

    /// A key that need not be there.
    mutating func callAsFunction<Value>(
        _ name: String, _ form: SettingForm<Value>, _ meaning: String
    ) throws(SettingsError) -> Value? {
        tell(name, form, nil, meaning)
        guard let setting = given?[prefix + name] else { return nil }
        return try read(setting, form)
    }

    /// A key that must be there.
    mutating func callAsFunction<Value>(
        needed name: String, _ form: SettingForm<Value>, _ meaning: String
    ) throws(SettingsError) -> Value {
        tell(name, form, nil, meaning)
        guard let given else { return try read(standard(form.sample, name), form) }
        if let setting = given[prefix + name] { return try read(setting, form) }
        throw .missing(
            given.origin(ofSection: prefix), path: prefix + name, expected: form.words)
    }

    /// A key that is read from the environment alone, or from a file that a variable names, and never shown.
    mutating func callAsFunction(
        secret name: String, _ meaning: String
    ) throws(SettingsError) -> Secret? {
        tell(name, SettingForm<String>.text, nil, meaning, isSecret: true)
        guard let setting = given?[prefix + name] else { return nil }
        do throws(SettingsError) {
            return Secret(try read(setting, SettingForm<String>.text))
        } catch {
            throw .malformed(
                setting.origin, path: setting.path, expected: SettingForm<String>.text.words,
                found: "something else")
        }
    }

    /// The keys of a section of this one.
    mutating func section<Value>(
        _ name: String, _ read: (inout SettingKeys) throws(SettingsError) -> Value
    ) throws(SettingsError) -> Value {
        var keys = SettingKeys(given, prefix: prefix + name + ".", kind: kind)
        let value = try read(&keys)
        told += keys.told
        return value
    }

    /// Sections that have the same keys, under names of the user's own; in the order of the names.
    mutating func named<Value>(
        _ name: String, _ read: (String, inout SettingKeys) throws(SettingsError) -> Value
    ) throws(SettingsError) -> [Value] {
        var values: [Value] = []
        for own in given?.names(in: "\(prefix)\(name).") ?? ["*"] {
            let value = try section("\(name).\(own)") { keys throws(SettingsError) in
                try read(own, &keys)
            }
            values.append(value)
        }
        return values
    }

    /// A list of small records, each with these keys; none without it.
    mutating func records<Value>(
        _ name: String, _ meaning: String,
        _ read: (inout SettingKeys) throws(SettingsError) -> Value
    ) throws(SettingsError) -> [Value] {
        let form = SettingForm<[[Setting.Entry]]>.records
        let records = try self(name, form, or: "[]", meaning)
        guard let given else {
            var keys = SettingKeys(nil, prefix: "\(prefix)\(name)[].", kind: kind)
            _ = try read(&keys)
            told += keys.told
            return []
        }
        let origin = given.origin(of: prefix + name)
        var values: [Value] = []
        for (index, record) in records.enumerated() {
            let place = "\(prefix)\(name)[\(index)]."
            let settings = record.map {
                Setting(path: place + $0.name, value: $0.value, origin: origin.at(line: $0.line))
            }
            var keys = SettingKeys(GivenSettings(settings, folder: given.folder), prefix: place)
            values.append(try read(&keys))
            let known = Set(keys.told.map(\.path))
            if let stranger = settings.first(where: { !known.contains($0.path) }) {
                throw .unknown(
                    stranger.origin, path: stranger.path,
                    suggestion: SettingSuggestion.nearest(to: stranger.path, among: Array(known)))
            }
        }
        return values
    }

    /// The key that says of which kind the section is, which decides what other keys it has: the kind that was
    /// read, or all of them.
    ///
    /// - Parameter refusal: why the section has no kind, and none of the keys that go with one; nil if it needs one.
    mutating func kinds<Kind: CaseIterable & RawRepresentable<String> & Sendable>(
        _ name: String, of type: Kind.Type = Kind.self, refusal: String? = nil, _ meaning: String
    ) throws(SettingsError) -> [Kind] {
        if let given, let refusal {
            for setting in given.settings(in: prefix)
            where setting.path == prefix + name || SettingKey.kinds(of: setting.path) != nil {
                throw .unfit(setting.origin, path: setting.path, reason: refusal)
            }
            return []
        }
        let kind = try self(needed: name, SettingForm<Kind>.choice, meaning)
        guard let given else { return Array(Kind.allCases) }
        for setting in given.settings(in: prefix) {
            guard SettingKey.kinds(of: setting.path)?.contains(kind.rawValue) ?? true else {
                throw .unfit(
                    setting.origin, path: setting.path,
                    reason: "a source of kind \(kind.rawValue) has no such key")
            }
        }
        return [kind]
    }

    /// Reads the keys of a kind, or tells those of each; gives the last one's value.
    mutating func each<Kind: RawRepresentable<String>, Value>(
        _ kinds: [Kind],
        _ read: (Kind, inout SettingKeys) throws(SettingsError) -> Value
    ) throws(SettingsError) -> Value? {
        var value: Value?
        for kind in kinds {
            self.kind = kind.rawValue
            value = try read(kind, &self)
        }
        kind = nil
        return value
    }

    /// Refuses a well-formed value that cannot be, for what others say. Defaults and samples are not looked at.
    func require(
        _ isFit: @autoclosure () -> Bool, _ name: String, _ reason: @autoclosure () -> String
    ) throws(SettingsError) {
        guard let given, !isFit() else { return }
        throw .unfit(given.origin(of: prefix + name), path: prefix + name, reason: reason())
    }

    private mutating func tell<Value>(
        _ name: String, _ form: SettingForm<Value>, _ standard: String?, _ meaning: String,
        isSecret: Bool = false, isIdle: Bool = false
    ) {
        told.append(
            SettingKey(
                path: prefix + name, words: form.words, shape: form.shape, standard: standard,
                meaning: meaning, kinds: kind.map { [$0] } ?? [], isSecret: isSecret,
                isIdle: isIdle))
    }

    private func standard(_ yaml: String, _ name: String) -> Setting {
        Setting(path: prefix + name, value: Setting.Value(yaml: yaml), origin: .standard)
    }

    private func read<Value>(
        _ setting: Setting, _ form: SettingForm<Value>
    ) throws(SettingsError) -> Value {
        do throws(SettingFault) {
            return try form.read(
                setting.value, SettingPlace(origin: setting.origin, folder: given?.folder ?? ""))
        } catch {
            switch error {
            case .malformed(let found):
                throw .malformed(
                    setting.origin, path: setting.path, expected: form.words, found: found.found)
            case .unfit(let reason):
                throw .unfit(setting.origin, path: setting.path, reason: reason)
            }
        }
    }
}

extension SettingForm where Value == [[Setting.Entry]] {
    /// Maps in a list, not looked into.
    fileprivate static var records: SettingForm {
        SettingForm(words: "a list of sections", sample: "[]", shape: .tree) {
            value, _ throws(SettingFault) in
            guard case .list(let values) = value else { throw .malformed(found: value) }
            var records: [[Setting.Entry]] = []
            for value in values {
                guard case .map(let entries) = value else { throw .malformed(found: value) }
                records.append(entries)
            }
            return records
        }
    }
}
