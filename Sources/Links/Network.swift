import Text

/// Where posts come from, whose own pages are no news of the outside.
public enum Network: Hashable, Sendable {
    case bluesky
    case mastodon
    case x

    /// Whether an address is one of the network's posts and profiles, or a list of them.
    func owns(_ address: LinkAddress) -> Bool {
        switch self {
        case .bluesky: address.host == "bsky.app" || address.host.hasSuffix(".bsky.app")
        case .x: Self.hostsOfX.contains(address.host)
        case .mastodon: Self.isOfServer(address)
        }
    }

    private static let hostsOfX: Set<String> = Set(
        ["twitter.com", "x.com"].flatMap { host in
            ["", "www.", "mobile.", "m.", "pic."].map { $0 + host }
        })

    /// Sites whose addresses are like those of a server's profiles, and are none.
    private static let others: Set<String> = [
        "medium.com", "tiktok.com", "www.tiktok.com", "youtube.com", "www.youtube.com",
        "m.youtube.com",
    ]

    /// Servers have any host; their software tells them by the path: Mastodon and its kin, Pleroma, Misskey,
    /// Pixelfed, Friendica.
    private static func isOfServer(_ address: LinkAddress) -> Bool {
        let parts = address.path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
        guard let first = parts.first, !others.contains(address.host) else { return false }
        let second = parts.count > 1 ? parts[1] : []
        switch String(decoding: first, as: UTF8.self) {
        case let name where name.utf8.first == UInt8(ascii: "@"):
            return parts.count == 1 || second.allSatisfy(\.isASCIIDigit)
        case "users":
            return parts.count == 2 || parts.count == 4 && parts[2].elementsEqual("statuses".utf8)
        case "web", "deck":
            return second.first == UInt8(ascii: "@") || second.elementsEqual("statuses".utf8)
        case "notes":
            return parts.count == 2 && second.count >= 10 && second.allSatisfy(\.isIDLetter)
        case "notice":
            return parts.count == 2 && second.count >= 6 && second.allSatisfy(\.isIDLetter)
        case "objects", "display": return parts.count == 2 && second.count >= 32
        case "p":
            return parts.count == 3 && parts[2].count >= 10 && parts[2].allSatisfy(\.isASCIIDigit)
        default: return false
        }
    }
}

extension UInt8 {
    fileprivate var isIDLetter: Bool { isASCIIDigit || isASCIILetter }
}
