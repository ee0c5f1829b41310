import FoundationEssentials

extension SettingType {
    /// Whether a text, or each text of a list, is well formed.
    func accepts(_ text: String) -> Bool {
        // No value has a reason to hold a control character.
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return false
        }
        switch self {
        case .text, .path: return !text.isEmpty
        case .prefix: return Self.isPrefix(text)
        case .address(let schemes, let anyHost):
            return Self.isAddress(text, schemes: schemes, anyHost: anyHost)
        case .endpoint: return Self.endpoint(text) != nil
        case .language: return Self.isLanguage(text)
        case .licence: return Self.isLicence(text)
        case .duration: return Self.duration(text) != nil
        case .count(let range): return Self.number(text).map(range.contains) ?? false
        case .money: return Self.cents(text) != nil
        case .price: return Self.microdollars(text) != nil
        case .flag: return text == "true" || text == "false"
        case .choice(let words): return words.contains(text)
        case .list(let item): return item.accepts(text)
        }
    }

    /// `90s`, `50m` or `6h`: a whole number of them from 1 to 86400.
    static func duration(_ text: String) -> Duration? {
        guard let unit = text.utf8.last, let amount = number(String(text.dropLast())),
            (1...86_400).contains(amount)
        else { return nil }
        switch unit {
        case UInt8(ascii: "s"): return .seconds(amount)
        case UInt8(ascii: "m"): return .seconds(amount * 60)
        case UInt8(ascii: "h"): return .seconds(amount * 3600)
        default: return nil
        }
    }

    /// `127.0.0.1:9009`, `[::1]:9009`, `feeds.example:9009`.
    static func endpoint(_ text: String) -> (host: String, port: UInt16)? {
        guard let colon = text.lastIndex(of: ":"),
            let port = number(String(text[text.index(after: colon)...])).flatMap(UInt16.init),
            port > 0
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

    /// `5` is 500, `2.50` is 250.
    static func cents(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let dollars = number(String(parts[0])), dollars < 1_000_000 else {
            return nil
        }
        guard parts.count == 2 else { return dollars * 100 }
        guard parts[1].utf8.count == 2, let cents = number(String(parts[1])) else { return nil }
        return dollars * 100 + cents
    }

    /// `0.005` is 5000; at most six digits behind the point.
    static func microdollars(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let dollars = number(String(parts[0])), dollars < 1_000_000 else {
            return nil
        }
        guard parts.count == 2 else { return dollars * 1_000_000 }
        let missing = 6 - parts[1].utf8.count
        guard !parts[1].isEmpty, missing >= 0,
            let rest = number(parts[1] + String(repeating: "0", count: missing))
        else { return nil }
        return dollars * 1_000_000 + rest
    }

    /// Decimal digits and nothing else.
    static func number(_ text: String) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return text.utf8.allSatisfy(digits.contains) ? Int(text) : nil
    }

    private static func isAddress(_ text: String, schemes: [String], anyHost: Bool) -> Bool {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
            schemes.contains(scheme), let host = url.host, !host.isEmpty, url.user == nil,
            url.query == nil, url.fragment == nil, !text.contains(" ")
        else { return false }
        return anyHost || scheme == schemes[0] || isLoopback(host)
    }

    /// No empty part, no `.` and no `..`, which some servers fold; one `/` may close it.
    private static func isPrefix(_ text: String) -> Bool {
        let folder = text.hasSuffix("/") ? text.dropLast() : text[...]
        return text.isEmpty
            || folder.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { !["", ".", ".."].contains($0) }
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host == "[::1]"
            || (host.hasPrefix("127.") && host.split(separator: ".").count == 4
                && host.split(separator: ".").allSatisfy { UInt8($0) != nil })
    }

    /// An `idstring` (SPDX 2.3, annex D): which licences there are is not known here.
    private static func isLicence(_ text: String) -> Bool {
        !text.isEmpty && text.first != "-"
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || "-.".utf8.contains($0)
            }
    }

    /// A primary subtag of two or three letters, and subtags behind it (RFC 5646).
    private static func isLanguage(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        return (2...3).contains(parts[0].count)
            && parts[0].allSatisfy { letters.contains($0 | 0x20) }
            && parts.dropFirst().allSatisfy { part in
                (1...8).contains(part.count)
                    && part.allSatisfy {
                        letters.contains($0 | 0x20)
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    }
            }
    }
}
