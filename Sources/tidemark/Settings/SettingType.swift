/// What a setting's value has to look like; `description` is the words for errors and tables.
enum SettingType: Hashable, Sendable {
    /// Not empty.
    case text
    /// A folder in a bucket, or nothing.
    case prefix
    case path
    /// An absolute address with one of these schemes; `http` and `ws` are for loopback alone
    /// unless `anyHost`.
    case address(schemes: [String], anyHost: Bool)
    /// `host:port`.
    case endpoint
    case language
    /// An identifier of the SPDX list, or `LicenseRef-…`.
    case licence
    /// `6h`, `50m`, `90s`.
    case duration
    case count(ClosedRange<Int>)
    /// Dollars, with or without cents.
    case money
    /// Dollars down to a millionth.
    case price
    case flag
    case choice([String])
    indirect case list(SettingType)
}

extension SettingType: CustomStringConvertible {
    var description: String {
        switch self {
        case .text: "text"
        case .prefix: "a folder such as trends, or \"\""
        case .path: "a path"
        case .address(let schemes, let anyHost):
            "an address such as \(schemes[0])://…"
                + (schemes.count > 1 && !anyHost ? " (\(schemes[1]):// for loopback alone)" : "")
        case .endpoint: "host:port"
        case .language: "a language such as en or pt-BR"
        case .licence: "an SPDX identifier such as CC0-1.0 or CC-BY-4.0"
        case .duration: "a duration such as 6h, 50m or 90s"
        case .count(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .money: "dollars such as 5 or 2.50"
        case .price: "dollars such as 0.005"
        case .flag: "true or false"
        case .choice(let words):
            words.count == 1
                ? words[0]
                : words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
        case .list(let item): "a list, each \(item)"
        }
    }
}
