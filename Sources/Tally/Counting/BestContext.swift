import Archive
import Links
import Text

/// The others that are kept of all that were written together with a listed hashtag.
struct BestRelated: Sendable {
    /// The strongest of all, in order.
    private var strongest: [TagContext.RelatedTag] = []
    /// The listed ones with enough accounts.
    private var listed: [TagContext.RelatedTag] = []

    mutating func add(
        _ key: UnsafeRawBufferPointer, _ accounts: Int, isListed: Bool, rules: CountingRules
    ) {
        let isFull = strongest.count == RelatedRow.strongest
        let last = isFull ? strongest.last : nil
        guard isListed || last.map({ $0.accounts <= accounts }) ?? true else { return }
        let other = TagContext.RelatedTag(
            tag: String(decoding: key, as: UTF8.self), accounts: accounts)
        if isListed, accounts >= RelatedRow.fewestAccounts { listed.append(other) }
        guard last.map({ Self.precedes(other, $0) }) ?? true,
            rules.mayList(other.tag)
        else { return }
        take(other)
    }

    mutating func merge(_ other: BestRelated) {
        listed += other.listed
        for tag in other.strongest { take(tag) }
    }

    /// Strongest first.
    var ranked: [TagContext.RelatedTag] {
        let first = Set(strongest.map { ExactText($0.tag) })
        let further = listed.filter { !first.contains(ExactText($0.tag)) }
        return strongest + further.sorted(by: Self.precedes)
    }

    private mutating func take(_ other: TagContext.RelatedTag) {
        let place = strongest.firstIndex { Self.precedes(other, $0) } ?? strongest.count
        guard place < RelatedRow.strongest else { return }
        strongest.insert(other, at: place)
        if strongest.count > RelatedRow.strongest { strongest.removeLast() }
    }

    private static func precedes(
        _ one: TagContext.RelatedTag, _ other: TagContext.RelatedTag
    ) -> Bool {
        one.accounts == other.accounts
            ? ExactText(one.tag) < ExactText(other.tag) : one.accounts > other.accounts
    }
}

/// The addresses that are kept of all that enough accounts gave with a listed hashtag: of each host its strongest,
/// several only if they are as strong as each other.
///
/// As many hosts as there are places are enough, and as many addresses of each.
struct BestLinks: Sendable {
    /// The strongest addresses of each host, in order, all with as many accounts.
    private var hosts: [String: [TagContext.TagLink]] = [:]

    mutating func add(_ link: TagContext.TagLink) {
        let host = LinkAddress(link.address)?.host ?? ""
        var links = hosts[host] ?? []
        if let strongest = links.first, strongest.accounts != link.accounts {
            guard strongest.accounts < link.accounts else { return }
            links = []
        }
        links.append(link)
        hosts[host] = Array(links.sorted(by: Self.precedes).prefix(LinkRow.most))
        if hosts.count > LinkRow.most * 4 { forgetWeakest() }
    }

    mutating func merge(_ other: BestLinks) {
        for link in other.hosts.values.joined() { add(link) }
    }

    /// Strongest first.
    var ranked: [TagContext.TagLink] {
        Array(hosts.values.joined().sorted(by: Self.precedes).prefix(LinkRow.most))
    }

    private mutating func forgetWeakest() {
        let kept = hosts.sorted { one, other in
            guard let left = one.value.first, let right = other.value.first else { return false }
            return Self.precedes(left, right)
        }
        hosts = Dictionary(
            uniqueKeysWithValues: kept.prefix(LinkRow.most).map { ($0.key, $0.value) })
    }

    private static func precedes(_ one: TagContext.TagLink, _ other: TagContext.TagLink) -> Bool {
        one.accounts == other.accounts
            ? ExactText(one.address) < ExactText(other.address) : one.accounts > other.accounts
    }
}
