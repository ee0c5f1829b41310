import Calendar
import Files
import Hashtags
import Links
import Text

/// What an operator has withdrawn, in `withdrawn.csv`: hashtags and addresses that are shown nowhere any more.
///
/// They stand there as anybody would write them, `#Art`, `art` or `art*`, and are matched by their keys,
/// as `filters.block` matches. An address, `https://…`, is matched as `LinkAddress` writes it; a host, `example.com`,
/// by all addresses of it and below it, and as the hashtag it may be too. A line that could match nothing is an error: whoever wrote it
/// believes that something is gone.
public struct Withdrawals: Hashable, Sendable {
    /// One line of the file.
    public struct Line: Hashable, Sendable {
        /// A hashtag, or several by `*`, an address or a host, as it was written.
        public var tag: String
        /// A day or a time; may be empty.
        public var since: String
        /// For the operator; never published.
        public var reason: String

        public init(tag: String, since: String = "", reason: String = "") {
            (self.tag, self.since, self.reason) = (tag, since, reason)
        }

        /// What it matches; nil for an address that is none, and for what separates words and was not meant to.
        fileprivate var subject: Subject? {
            if let address {
                guard let link = LinkAddress(address), !link.text.contains("*") else { return nil }
                return .address(link.page)
            }
            guard !tag.utf8.contains(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "|") })
            else { return nil }
            return .tags(TagPattern(hostPattern ?? tag))
        }

        /// The address that it is, as people write them, with `https:`; nil if it is a hashtag or a host.
        private var address: String? {
            let parts = tag.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count > 1, hostPattern == nil else { return nil }
            if ["https:", "http:", ""].contains(parts[0].lowercased()), parts[1].isEmpty {
                return "https://" + parts.dropFirst(2).joined(separator: "/")
            }
            return Withdrawals.host(String(parts[0])) == nil ? nil : "https://" + tag
        }

        /// The host of which it means every page: `*.example.com`, `https://example.com/*`; nil for anything else.
        fileprivate var hostPattern: String? {
            var rest = tag[...]
            for scheme in ["https://", "http://", "//"]
            where rest.prefix(scheme.count).lowercased() == scheme {
                rest = rest.dropFirst(scheme.count)
                break
            }
            if rest.hasSuffix("/*") {
                rest = rest.dropLast(2)
            } else if !rest.hasPrefix("*.") {
                return nil
            }
            if rest.hasPrefix("*.") { rest = rest.dropFirst(2) }
            return rest.contains("*") ? nil : Withdrawals.host(String(rest))
        }

        /// The host that it names, by itself or as all its pages; nil for anything else.
        fileprivate var host: String? { hostPattern ?? Withdrawals.host(tag) }
    }

    fileprivate enum Subject: Hashable {
        case tags(TagPattern)
        case address(String)
    }

    public private(set) var lines: [Line] = []
    private var keys: Set<ExactText> = []
    private var patterns: [TagPattern] = []
    private var addresses: Set<String> = []
    private var hosts: Set<String> = []

    public static let columns = ["tag", "since", "reason"]

    public init() {}

    /// Reads a file's bytes; `path` is for errors.
    public init(_ bytes: [UInt8], path: String) throws(ArchiveError) {
        let text = bytes.withoutByteOrderMark
        var decoder = CSVDecoder(text)
        var hasHeader = false
        while let record = decoder.next() {
            let cells = record.indices.map { record.text($0) }
            func malformed(_ column: String, _ expected: String, _ found: String) -> ArchiveError {
                .malformed(
                    file: path, line: record.line, column: column, expected: expected, found: found)
            }
            guard text[record.range].count(where: { $0 == UInt8(ascii: "\"") }) % 2 == 0 else {
                throw malformed(
                    "tag", "a quotation mark that ends what the first one begins", cells[0])
            }
            // Of bytes that are none a hashtag would be made that nobody wrote.
            guard String(validating: text[record.range], as: UTF8.self) != nil else {
                throw malformed("tag", "UTF-8", cells[0])
            }
            if !hasHeader {
                let names = cells.map { $0.trimmingSpaces() }
                guard names == Self.columns else {
                    throw .header(
                        file: path, expected: Self.columns, found: cells.joined(separator: ","))
                }
                hasHeader = true
                continue
            }
            guard cells.count <= Self.columns.count else {
                throw .fieldCount(
                    file: path, line: record.line, expected: Self.columns.count,
                    found: cells.count)
            }
            func cell(_ index: Int) -> String { index < cells.count ? cells[index] : "" }
            if cells.allSatisfy({ $0.trimmingSpaces().isEmpty }) { continue }
            let line = Line(
                tag: cell(0).trimmingSpaces(), since: cell(1).trimmingSpaces(), reason: cell(2))
            guard line.since.isEmpty || Timestamp(line.since) != nil || CivilDate(line.since) != nil
            else {
                throw malformed("since", "a day like 2026-11-22, a time, or nothing", line.since)
            }
            guard add(line) else {
                throw malformed(
                    "tag",
                    line.tag.contains("/")
                        ? "an address that can stand in links.csv, or a host such as example.com"
                        : "a hashtag such as #art, or several by art*", line.tag)
            }
        }
    }

    /// Whether a key is withdrawn.
    public func contains(_ key: ExactText) -> Bool {
        keys.contains(key) || !patterns.isEmpty && patterns.contains { $0.matches(key.text) }
    }

    /// Whether an address is withdrawn, or the host that it is of.
    public func contains(_ address: LinkAddress) -> Bool {
        if addresses.contains(address.page) { return true }
        return !hosts.isEmpty
            && hosts.contains { address.host == $0 || address.host.hasSuffix("." + $0) }
    }

    public var isEmpty: Bool { lines.isEmpty }

    /// How many hashtags are withdrawn; nil if there are patterns, which may match any number.
    public var tagCount: Int? {
        guard patterns.isEmpty else { return nil }
        return Set(lines.filter { $0.host == nil }.compactMap(\.subject)).count - addresses.count
    }

    /// How many addresses, and hosts with all of theirs.
    public var addressCount: Int { addresses.count + hosts.count }

    /// The lines of another list that match what none here does.
    public func lacks(_ other: Withdrawals) -> [Line] {
        other.lines.filter { line in
            if matchesAll(of: line.tag) { return false }
            guard line.host == nil, case .tags = line.subject else {
                return line.host != nil || LinkAddress(line.tag).map { !contains($0) } ?? true
            }
            return (try? Hashtag(delivered: line.tag)).map { !contains(ExactText($0.key)) } ?? true
        }
    }

    /// Whether there is a line that matches what `tag` matches.
    public func matchesAll(of tag: String) -> Bool {
        let subject = Line(tag: tag).subject
        return lines.contains { $0.subject == subject }
    }

    /// Takes in a line; false if it can match no hashtag and no address, or all of them.
    public mutating func add(_ line: Line) -> Bool {
        switch line.subject {
        case nil: return false
        case .address(let page): addresses.insert(page)
        case .tags(let pattern):
            if let host = line.host { hosts.insert(host) }
            let tag = line.hostPattern ?? line.tag
            if let hashtag = try? Hashtag(delivered: tag), !tag.contains("*") {
                keys.insert(ExactText(hashtag.key))
            } else {
                guard tag.contains("*"), pattern.isSelective else { return false }
                patterns.append(pattern)
            }
        }
        lines.append(line)
        return true
    }

    /// The host that a text names; nil for a hashtag that cannot be one.
    fileprivate static func host(_ text: String) -> String? {
        LinkAddress("https://" + text).flatMap { address in
            address.path.isEmpty && address.text.utf8.count == address.host.utf8.count + 8
                ? address.host : nil
        }
    }

    /// Takes out every line that matches what `tag` matches; false if there is none.
    public mutating func remove(_ tag: String) -> Bool {
        let unwanted = Line(tag: tag).subject
        let kept = lines.filter { $0.subject != unwanted }
        guard kept.count < lines.count else { return false }
        self = Withdrawals()
        for line in kept { _ = add(line) }
        return true
    }

    /// The file that says so.
    public var bytes: [UInt8] {
        var encoder = CSVEncoder()
        encoder.header(Self.columns)
        for line in lines {
            encoder.text(line.tag)
            encoder.text(line.since)
            encoder.text(line.reason)
            encoder.endLine()
        }
        return encoder.bytes
    }
}

extension LinkAddress {
    /// The address without the path that every host has.
    fileprivate var page: String {
        path == "/" && text.utf8.last == UInt8(ascii: "/") ? String(text.dropLast()) : text
    }
}
