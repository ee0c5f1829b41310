/// The domain names in a text, as twitter-text's `validDomain` and `validAsciiDomain` have them: labels
/// with dots between, a known top-level domain at the end.
///
/// Looks at each label once, from the end of the text.
struct DomainNames {
    private let units: [UInt16]
    /// Of each place, the dot that ends the label it is in; -1 if another character does.
    private var dots: [Int]
    /// Of each place, where the next `_` is.
    private var underscores: [Int]
    /// Of each dot, where the top-level domain behind it ends; -1 if there is none.
    private var topEnds: [Int: Int] = [:]
    /// Of each dot, the last dot of a name that goes on behind it; none if none does.
    private var lastDots: [Int: Int] = [:]

    init(in units: [UInt16]) {
        self.units = units
        dots = Array(repeating: -1, count: units.count + 1)
        underscores = Array(repeating: units.count, count: units.count + 1)
        for index in units.indices.reversed() {
            let unit = units[index]
            underscores[index] = unit == .underscore ? index : underscores[index + 1]
            if unit == .dot {
                dots[index] = index
                topEnds[index] = topLevelEnd(from: index + 1, before: units.count)
                lastDots[index] = lastDot(from: index + 1)
            } else if unit == .hyphen || unit == .underscore || unit.isDomainUnit {
                dots[index] = dots[index + 1]
            }
        }
    }

    /// The end of the longest domain that begins there.
    func end(from start: Int) -> Int? { lastDot(from: start).flatMap { topEnds[$0] } }

    /// The dot before the top-level domain of the longest domain that begins there.
    private func lastDot(from start: Int) -> Int? {
        let dot = dots[start]
        guard dot > start, units[start].isDomainUnit, units[dot - 1].isDomainUnit else {
            return nil
        }
        // Only labels before the last but one have underscores.
        return lastDots[dot] ?? (underscores[start] > dot && topEnds[dot] != nil ? dot : nil)
    }

    /// The end of the known top-level domain, or the encoded one, that begins there.
    private func topLevelEnd(from start: Int, before end: Int) -> Int? {
        let isEnd = { (index: Int) in
            guard index < end else { return true }
            let unit = units[index]
            return !unit.isLetterOrDigit && unit != 0x40 && unit != 0x2B && unit != .hyphen
        }
        var plainEnd = start
        while plainEnd < end, units[plainEnd].isLetterOrDigit { plainEnd += 1 }
        if plainEnd > start, isEnd(plainEnd),
            TopLevelDomain.isKnown(units[start..<plainEnd])
        {
            return plainEnd
        }
        if let length = TopLevelDomain.lengths(at: units[start..<end]).first(where: {
            isEnd(start + $0)
        }) {
            return start + length
        }
        guard plainEnd == start + 2,
            units[start..<plainEnd].map(\.lowercasedASCII) == [0x78, 0x6E],
            units[plainEnd..<end].starts(with: [.hyphen, .hyphen])
        else { return nil }
        let encoded = units[(plainEnd + 2)..<end].prefix { $0.isLetterOrDigit || $0 == .hyphen }
        return encoded.isEmpty ? nil : encoded.endIndex
    }

    /// Whether each label is one that has room in the domain name system: up to 63 units when encoded.
    func canBeEncoded(_ domain: Range<Int>) -> Bool {
        if units[domain].starts(with: "xn--".utf16), plainDomains(in: domain).isEmpty {
            return false
        }
        return units[domain].split(separator: .dot, omittingEmptySubsequences: false).allSatisfy {
            (1...63).contains(DomainLabel.encodedLength($0))
        }
    }

    /// The parts of a domain that are domains of ASCII and accented Latin alone.
    func plainDomains(in domain: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var behind = domain.lowerBound
        var start = domain.lowerBound
        // Where a plain name begins, and its last dot with a top-level domain behind.
        var name: (start: Int, end: Int?)?
        while start < domain.upperBound {
            let dot = units[start..<domain.upperBound].firstIndex(of: .dot)
            let label = start..<(dot ?? domain.upperBound)
            let plain = units[label].reversed().prefix(while: \.isPlainDomainUnit).count
            if plain < label.count || dot == nil {
                // A name cannot go on across this label, but begin in it.
                if let end = name?.end, let begun = name?.start {
                    found.append(place(of: begun..<end, in: domain, behind: &behind))
                    start = end
                    name = nil
                    continue
                }
                name = nil
            }
            guard let dot else { break }
            if plain > 0 {
                let end = topLevelEnd(from: dot + 1, before: domain.upperBound)
                name = (name?.start ?? dot - plain, end ?? name?.end)
            }
            start = dot + 1
        }
        return found
    }

    /// Where the text of a domain stands first behind the one before: there twitter-text takes it to be.
    private func place(
        of name: Range<Int>, in domain: Range<Int>, behind: inout Int
    ) -> Range<Int> {
        let text = units[name]
        var start = behind
        while start < name.lowerBound, !units[start...].starts(with: text) { start += 1 }
        behind = start + name.count
        return start..<behind
    }
}

extension UInt16 {
    /// twitter-text's `validDomainChars`: no punctuation, white space or mark of direction.
    fileprivate var isDomainUnit: Bool {
        switch self {
        case 0x9...0xD, 0x20, 0x21, 0x23...0x2F, 0x3A...0x40, 0x5B...0x5F, 0x7B...0x7E, 0x85, 0xA0,
            0x61C, 0x1680, 0x180E, 0x2000...0x200A, 0x200E, 0x200F, 0x2028...0x202F, 0x205F,
            0x2066...0x2069, 0x3000, 0xFEFF, 0xFFFE, 0xFFFF:
            false
        default: true
        }
    }

    fileprivate var isPlainDomainUnit: Bool {
        self == .hyphen || isLetterOrDigit || self > 0x7F && isAccentedLatin
    }
}

/// Looks names up among those of `TopLevelDomains`.
private enum TopLevelDomain {
    private static let names = Set(TopLevelDomains.names.split { $0.isWhitespace }.map(String.init))
    /// Those that are not all ASCII, by their first unit, the longest first.
    private static let others = Dictionary(
        grouping: names.map { Array($0.utf16) }.filter { $0.contains { $0 > 0x7F } },
        by: { $0.first ?? 0 }
    ).mapValues { $0.sorted { $0.count > $1.count } }

    static func isKnown(_ name: ArraySlice<UInt16>) -> Bool {
        names.contains(String(decoding: name.map(\.lowercasedASCII), as: UTF16.self))
    }

    /// The lengths of all names, those of ASCII aside, that begin the text, the longest first.
    static func lengths(at text: ArraySlice<UInt16>) -> [Int] {
        guard let first = text.first.map(lowercased), let names = others[first] else { return [] }
        return names.filter { name in
            text.count >= name.count && zip(text, name).allSatisfy { lowercased($0) == $1 }
        }.map(\.count)
    }

    private static func lowercased(_ unit: UInt16) -> UInt16 {
        guard unit > 0x7F, let scalar = Unicode.Scalar(unit) else { return unit.lowercasedASCII }
        let mapped = scalar.properties.lowercaseMapping.utf16
        return mapped.count == 1 ? mapped.first ?? unit : unit
    }
}
