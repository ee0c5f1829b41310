import Folding

/// Which addresses count as links of a hashtag (docs/counting.md, Links).
public struct LinkRules: Hashable, Sendable {
    /// Hosts whose addresses do not count, with all below them, as `LinkAddress` writes them.
    public let blocked: Set<String>

    public init() { blocked = [] }

    /// - Parameter blockHosts: names of hosts, besides those that never count; nil for what is none.
    public init?(blockHosts: [String]) {
        var blocked: Set<String> = []
        for host in blockHosts {
            guard let name = DomainName(host).host else { return nil }
            blocked.insert(name)
        }
        self.blocked = blocked
    }

    /// Whether an address that came over `network` tells what a post is about.
    public func allow(_ address: LinkAddress, on network: Network) -> Bool {
        !Self.isBelow(any: blocked, address.host)
            && !Self.isBelow(any: PassingHosts.names, address.host)
            && !PassingHosts.passOn(address) && !network.owns(address)
    }

    /// Whether a host is one of these, or below one.
    private static func isBelow(any hosts: Set<String>, _ host: String) -> Bool {
        if hosts.isEmpty { return false }
        var rest = Substring(host)
        while true {
            if hosts.contains(String(rest)) { return true }
            guard let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
            rest = rest[rest.utf8.index(after: dot)...]
        }
    }
}
