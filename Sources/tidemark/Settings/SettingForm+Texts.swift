import FoundationEssentials
import Text

extension SettingForm where Value == String {
    /// Not empty.
    static var text: SettingForm {
        SettingForm("text", sample: "text") { $0.isEmpty ? nil : $0 }
    }

    static var path: SettingForm {
        SettingForm("a path", sample: "path") { text, place in
            text.isEmpty ? nil : place.resolved(text)
        }.takenAsItStands
    }

    /// The same, without what a shell would read otherwise: no shell reads it, and a folder of that name would be made.
    var takenAsItStands: SettingForm { literal(knowsHome: false) }

    /// The same of what a program gets that reads `~` itself.
    var takenAsGitTakesIt: SettingForm { literal(knowsHome: true) }

    private func literal(knowsHome: Bool) -> SettingForm {
        SettingForm(words: words, sample: sample, shape: shape) {
            value, place throws(SettingFault) in
            if case .text(let text) = value,
                let advice = Self.advice(onPath: text, knowsHome: knowsHome)
            {
                throw .unfit(advice)
            }
            return try read(value, place)
        }
    }

    /// What to do about a path that is not meant as it stands; nil if it may be.
    private static func advice(onPath text: String, knowsHome: Bool) -> String? {
        let scalars = text.unicodeScalars
        if let first = scalars.first, let last = scalars.last,
            first.properties.isWhitespace || last.properties.isWhitespace
        {
            return "it begins or ends with a space; remove it"
        }
        let isVariable =
            scalars.first == "$"
            && scalars.dropFirst().first.map {
                "_({".unicodeScalars.contains($0) || $0.properties.isAlphabetic
            } ?? false
        guard isVariable || scalars.first == "~" && !knowsHome else { return nil }
        return
            "a path is taken as it stands, without a meaning for \(knowsHome ? "$" : "~ and $"): write the whole of "
            + "it, such as /home/you/archive, or ./ before such a name"
    }

    /// A folder in a bucket, or nothing: no empty part, no `.` and no `..`, which some servers fold; becomes
    /// empty, or ends with `/`.
    static var prefix: SettingForm {
        SettingForm("a folder such as trends, or \"\"", sample: "trends") { text in
            let folder = text.hasSuffix("/") ? text.dropLast() : text[...]
            let isSound =
                text.isEmpty
                || folder.split(separator: "/", omittingEmptySubsequences: false)
                    .allSatisfy { !["", ".", ".."].contains($0) }
            return isSound ? (text.isEmpty ? "" : folder + "/") : nil
        }
    }

    /// The name of a branch, as git-check-ref-format(1) has it.
    static var branch: SettingForm {
        SettingForm("the name of a branch such as gh-pages", sample: "gh-pages") { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let isSound =
                !text.hasPrefix("-") && !text.hasSuffix(".") && text != "@"
                && !["..", "@{"].contains(where: text.contains)
                && parts.allSatisfy {
                    !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock")
                }
                && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"~^:?*[\\".utf8.contains($0) }
            return isSound ? text : nil
        }
    }

    /// An absolute address with one of these schemes; the second, without TLS, is for loopback alone unless
    /// `anyHost`.
    static func address(_ schemes: String..., anyHost: Bool = false) -> SettingForm {
        let exception =
            schemes.count > 1 && !anyHost ? " (\(schemes[1]):// for loopback alone)" : ""
        return SettingForm(
            "an address such as \(schemes[0])://…" + exception, sample: "\(schemes[0])://host"
        ) { text in
            guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
                schemes.contains(scheme), let host = url.host, !host.isEmpty, url.user == nil,
                url.query == nil, url.fragment == nil, !text.contains(" "),
                anyHost || scheme == schemes[0] || isLoopback(host)
            else { return nil }
            return text
        }
    }

    /// An address without a query: what a Jetstream server is asked for is not the operator's to say, and
    /// compressed events are not read.
    static var jetstream: SettingForm {
        let address = Self.address("wss", "ws")
        return SettingForm(words: address.words, sample: address.sample, shape: address.shape) {
            value, place throws(SettingFault) in
            if case .text(let text) = value, text.utf8.contains(UInt8(ascii: "?")) {
                throw .unfit(
                    "its query is not the operator's to write, and compressed events "
                        + "(compress=true) are not read")
            }
            return try address.read(value, place)
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host == "[::1]"
            || (host.hasPrefix("127.") && host.split(separator: ".").count == 4
                && host.split(separator: ".").allSatisfy { UInt8($0) != nil })
    }

    /// A primary subtag of two or three letters, and subtags behind it (RFC 5646).
    static var language: SettingForm {
        SettingForm("a language such as en or pt-BR", sample: "en") { text in
            let parts = text.utf8.split(
                separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            let isTag =
                (2...3).contains(parts[0].count) && parts[0].allSatisfy(\.isASCIILetter)
                && parts.dropFirst().allSatisfy {
                    (1...8).contains($0.count)
                        && $0.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
                }
            return isTag ? text : nil
        }
    }

    /// An `idstring` (SPDX 2.3, annex D): which licences there are is not known here.
    static var licence: SettingForm {
        SettingForm(
            "an SPDX identifier such as CC0-1.0 or CC-BY-4.0", sample: "CC0-1.0"
        ) { text in
            let isIdentifier =
                !text.isEmpty && text.first != "-"
                && text.utf8.allSatisfy {
                    $0.isASCIILetter || $0.isASCIIDigit || "-.".utf8.contains($0)
                }
            return isIdentifier ? text : nil
        }
    }
}

extension SettingForm where Value: CaseIterable & RawRepresentable<String> & Sendable {
    /// One of the words of a type.
    static var choice: SettingForm {
        let words = Value.allCases.map(\.rawValue)
        let last = words.last ?? ""
        return SettingForm(
            words.count < 2 ? last : words.dropLast().joined(separator: ", ") + " or " + last,
            sample: last
        ) { Value(rawValue: $0) }
    }
}

extension SettingForm where Value == (host: String, port: UInt16) {
    /// `127.0.0.1:9009`, `[::1]:9009`, `feeds.example:9009`.
    static var endpoint: SettingForm {
        SettingForm("host:port", sample: "localhost:9009") { text in
            guard let colon = text.lastIndex(of: ":"),
                let port = number(text[text.index(after: colon)...]).flatMap(UInt16.init), port > 0
            else { return nil }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") {
                host = host.dropFirst().dropLast()
            } else if host.contains(":") {
                return nil
            }
            let isName = host.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: "/") }
            return host.isEmpty || !isName ? nil : (String(host), port)
        }
    }
}

/// Decimal digits and nothing else.
func number(_ text: some StringProtocol) -> Int? {
    decimal(Array(text.utf8).span)
}
