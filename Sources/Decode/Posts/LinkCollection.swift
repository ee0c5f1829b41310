import Links

/// Gathers the addresses of one post.
struct LinkCollection {
    private let rules: LinkRules
    private let network: Network
    private(set) var links: [PostLink] = []

    /// Addresses of a post at the most: no person gives more, and a stream cannot fill the memory.
    static let longest = 100

    init(_ rules: LinkRules, on network: Network) {
        self.rules = rules
        self.network = network
    }

    /// Takes in an address as delivered, if it counts. One that came before is told once, with the first title.
    mutating func add(_ delivered: String?, title: String? = nil) {
        guard let delivered, let address = LinkAddress(delivered) else { return }
        if let known = links.firstIndex(where: { $0.address.utf8.elementsEqual(address.text.utf8) })
        {
            if links[known].title.isEmpty, let title {
                links[known] = PostLink(address: address.text, title: title)
            }
        } else if links.count < Self.longest, rules.allow(address, on: network) {
            links.append(PostLink(address: address.text, title: title ?? ""))
        }
    }
}

extension LinkCollection {
    /// The addresses in the entities of a post of X: where each leads, if X has looked, else what was shortened.
    static func links(in entities: some JSONNode, by rules: LinkRules) -> [PostLink] {
        var found = LinkCollection(rules, on: .x)
        for entity in entities.elements(of: "urls") {
            let unwound = entity["unwound"]
            let address = entity["unwound_url"] ?? unwound?["url"] ?? entity["expanded_url"]
            let title = entity["title"] ?? unwound?["title"]
            found.add(address?.text?.string, title: title?.text?.string)
        }
        return found.links
    }
}
