@testable import Decode
@testable import Links

/// An address that counts is plain, leads to where it says, and stays as it is; a title is one line.
enum AddressRules {
    static func check(_ input: inout FuzzInput) throws {
        let text = input.text
        for delivered in [text, "https://" + text] + Anchors.addresses(in: text) {
            guard let address = LinkAddress(delivered) else { continue }
            try check(address)
            try requireEqual(LinkAddress(address.text)?.text, address.text, "written again")
            for network in [Network.bluesky, .mastodon, .x] {
                _ = LinkRules().allow(address, on: network)
            }
        }
        let title = PostLink(address: "", title: text).title
        try require(title.unicodeScalars.count <= PostLink.longestTitle, "a long title")
        try require(
            !title.unicodeScalars.contains {
                $0.properties.generalCategory == .control || (0x202A...0x202E).contains($0.value)
                    || (0x2066...0x2069).contains($0.value)
            }, "a control character in a title")
        try requireEqual(PostLink(address: "", title: title).title, title, "a title's own")
    }

    private static func check(_ address: LinkAddress) throws {
        try require(
            address.text.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0)
            },
            "an unsafe byte in \(address.text)")
        try require(address.text.utf8.count <= LinkAddress.longest, "a long address")
        let rest = address.text.dropFirst("https://\(address.host)".count)
        try require(
            address.text.hasPrefix("https://\(address.host)")
                && ["", "/", "?"].contains(String(rest.prefix(1))),
            "another host than \(address.host) in \(address.text)")
        try require(
            address.host.utf8.allSatisfy { !(0x41...0x5A).contains($0) }
                && address.host.contains("."),
            "the host \(address.host)")
    }
}
