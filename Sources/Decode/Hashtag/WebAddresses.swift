/// Where twitter-text finds web addresses in a text, so that `#` in one is not taken for a hashtag: its
/// `extractUrl` (`validUrl` in other languages), with and without a scheme.
///
/// Counts in UTF-16 units, as it does: its classes of characters know nothing of pairs. Takes time in
/// proportion to the text, where its pattern goes back and forth.
struct WebAddresses {
    private let units: [UInt16]
    private let domains: DomainNames

    /// The addresses, in order of their starts; an address may be no more than the domain of one.
    static func ranges(in units: [UInt16]) -> [Range<Int>] {
        guard units.contains(.dot) else { return [] }
        return WebAddresses(units: units, domains: DomainNames(in: units)).ranges
    }

    /// What the pattern matches.
    private struct Match {
        let start: Int
        var end: Int
        let hasScheme: Bool
        let domain: Range<Int>
        let hasPath: Bool
    }

    private var ranges: [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < units.count {
            let behind = canPrecede(units[index]) ? match(at: index + 1) : nil
            guard let match = behind ?? (index == 0 ? match(at: 0) : nil) else {
                index += 1
                continue
            }
            index = match.end
            guard match.end - match.start + (match.hasScheme ? 0 : 8) <= Self.longest,
                domains.canBeEncoded(match.domain)
            else { continue }
            if match.hasScheme {
                if let end = shortenedEnd(of: match) { found.append(match.start..<end) }
            } else if !joinsDomains(match.start) {
                var plain = domains.plainDomains(in: match.domain)
                if match.hasPath, let last = plain.popLast() {
                    plain.append(last.lowerBound..<match.end)
                }
                found += plain
            }
        }
        return found.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// Units, with `https://` if it has no scheme.
    private static let longest = 4096

    private func match(at start: Int) -> Match? {
        let scheme = schemeEnd(from: start)
        let withScheme = scheme.flatMap { start in domains.end(from: start).map { start..<$0 } }
        guard let domain = withScheme ?? domains.end(from: start).map({ start..<$0 }) else {
            return nil
        }
        var end = domain.upperBound
        let port = self.end(from: end + 1, while: \.isDigit)
        if unit(at: end) == .colon, port > end + 1 { end = port }
        let hasPath = unit(at: end) == .slash
        if hasPath { end = pathEnd(from: end + 1) }
        if unit(at: end) == .questionMark, let query = queryEnd(from: end + 1) { end = query }
        return Match(
            start: start, end: end, hasScheme: withScheme != nil, domain: domain, hasPath: hasPath)
    }

    private func unit(at index: Int) -> UInt16? { index < units.count ? units[index] : nil }

    private func end(from start: Int, while accepts: (UInt16) -> Bool) -> Int {
        guard start < units.count else { return start }
        return units[start...].firstIndex { !accepts($0) } ?? units.count
    }

    /// Behind `http://` or `https://`, in any case.
    private func schemeEnd(from start: Int) -> Int? {
        guard unit(at: start).map({ $0 | 0x20 == 0x68 }) == true else { return nil }
        return ["http://", "https://"].first { spells($0, at: start) }
            .map { start + $0.utf16.count }
    }

    private func spells(_ text: String, at start: Int) -> Bool {
        let end = start + text.utf16.count
        return end <= units.count
            && zip(units[start..<end], text.utf16).allSatisfy { $0.lowercasedASCII == $1 }
    }

    /// Any characters of paths, up to the last one that can end a path.
    private func pathEnd(from start: Int) -> Int {
        var (index, end) = (start, start)
        while let unit = unit(at: index) {
            if unit.isPathUnit {
                index += 1
                if unit.canEndPath { end = index }
            } else if let closed = closingEnd(from: index) {
                (index, end) = (closed, closed)
            } else {
                break
            }
        }
        return end
    }

    /// Behind parentheses with characters of paths in them, and with one more pair at the most.
    private func closingEnd(from start: Int) -> Int? {
        guard unit(at: start) == .opening else { return nil }
        var end = self.end(from: start + 1, while: \.isPathUnit)
        if unit(at: end) == .opening {
            let inner = self.end(from: end + 1, while: \.isPathUnit)
            guard inner > end + 1, unit(at: inner) == .closing else { return nil }
            end = self.end(from: inner + 1, while: \.isPathUnit)
        } else if end == start + 1 {
            return nil
        }
        return unit(at: end) == .closing ? end + 1 : nil
    }

    private func queryEnd(from start: Int) -> Int? {
        let run = start..<end(from: start, while: \.isQueryUnit)
        return units[run].lastIndex(where: \.canEndQuery).map { $0 + 1 }
    }

    /// The end of an address with a scheme; one of t.co has a name and a query alone, and none if the name
    /// is over 40 units.
    private func shortenedEnd(of match: Match) -> Int? {
        guard let start = schemeEnd(from: match.start), spells("t.co/", at: start) else {
            return match.end
        }
        let name = start + 5..<end(from: start + 5, while: \.isLetterOrDigit)
        if name.isEmpty { return match.end }
        guard name.count <= 40 else { return nil }
        let hasQuery = unit(at: name.upperBound) == .questionMark
        return hasQuery ? queryEnd(from: name.upperBound + 1) ?? name.upperBound : name.upperBound
    }

    private func canPrecede(_ unit: UInt16) -> Bool {
        switch unit {
        case 0x23, 0x24, 0x40, 0xFF03, 0xFF20, 0xFEFF, 0xFFFE, 0xFFFF: false
        default: !unit.isLetterOrDigit
        }
    }

    /// Whether what stands before makes an address without a scheme the rest of something else.
    private func joinsDomains(_ start: Int) -> Bool {
        guard start > 0 else { return false }
        switch units[start - 1] {
        case .dot, .slash, .hyphen, .underscore: return true
        default: return false
        }
    }
}

extension UInt16 {
    static let dot: UInt16 = 0x2E
    static let hyphen: UInt16 = 0x2D
    static let slash: UInt16 = 0x2F
    static let colon: UInt16 = 0x3A
    static let questionMark: UInt16 = 0x3F
    static let underscore: UInt16 = 0x5F
    static let opening: UInt16 = 0x28
    static let closing: UInt16 = 0x29

    var isDigit: Bool { self &- 0x30 < 10 }
    var isLetterOrDigit: Bool { isDigit || self < 0x80 && self | 0x20 &- 0x61 < 26 }
    var lowercasedASCII: UInt16 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// twitter-text's `latinAccentChars`, in both cases as far as a pattern without regard to case goes.
    var isAccentedLatin: Bool {
        switch self {
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x253, 0x254, 0x256, 0x257, 0x259, 0x25B,
            0x260, 0x263, 0x268, 0x269, 0x26F, 0x272, 0x275, 0x280, 0x283, 0x288...0x28C, 0x292,
            0x2BB, 0x300...0x36F, 0x399, 0x3B9, 0x1E00...0x1EFF, 0x1FBE, 0x2C65, 0x2C66, 0x2C7E,
            0x2C7F, 0xA7DC:
            true
        default: false
        }
    }

    private var isCyrillic: Bool { 0x400...0x4FF ~= self || 0x1C80...0x1C87 ~= self }

    fileprivate var isPathUnit: Bool {
        switch self {
        case 0x21, 0x23...0x27, 0x2A...0x3B, 0x3D, 0x40...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7C, 0x7E,
            0x2013:
            true
        default: self > 0x7F && (isAccentedLatin || isCyrillic)
        }
    }

    fileprivate var canEndPath: Bool {
        switch self {
        case 0x23, 0x2B, 0x2D, 0x2F, 0x3D, 0x5F: true
        default: isLetterOrDigit || self > 0x7F && (isAccentedLatin || isCyrillic)
        }
    }

    fileprivate var isQueryUnit: Bool {
        switch self {
        case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7C, 0x7E: true
        default: false
        }
    }

    fileprivate var canEndQuery: Bool {
        switch self {
        case 0x23, 0x26, 0x2D, 0x2F, 0x3D, 0x5F: true
        default: isLetterOrDigit
        }
    }
}
