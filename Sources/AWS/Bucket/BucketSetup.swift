/// How a bucket is set up, and how a site wants it.
public struct BucketSetup: Sendable {
    /// One setting, as it is and as it should be.
    public struct Item: Hashable, Sendable {
        public enum State: String, Sendable {
            case set
            case missing
            case differs
            /// The server has no such setting.
            case unsupported
            /// Better otherwise, but a matter of the operator's.
            case advice
        }

        public var setting: BucketSetting
        public var state: State
        /// Nil if it is not set.
        public var now: String?
        /// Nil if it is good as it is.
        public var wanted: String?
        var body: [UInt8] = []
    }

    private let client: BucketClient
    private let prefix: String
    private let index: String
    private let missing: String

    /// - Parameters:
    ///   - prefix: of the site: empty, or with a slash at its end.
    ///   - index: the name of the page of a folder.
    ///   - missing: the site's page for what there is not.
    public init(client: BucketClient, prefix: String, index: String, missing: String) {
        self.client = client
        self.prefix = prefix
        self.index = index
        self.missing = missing
    }

    /// Reads all of them; changes nothing.
    public func items() async throws(AWSError) -> [Item] {
        var items: [Item] = []
        for setting in BucketSetting.allCases {
            switch try await client.read(setting) {
            case .unsupported: items.append(Item(setting: setting, state: .unsupported))
            case .missing: items.append(try item(setting, nil))
            case .set(let bytes): items.append(try item(setting, bytes))
            }
        }
        return items
    }

    /// Makes a setting what it should be.
    public func apply(_ item: Item) async throws(AWSError) {
        try await client.write(item.setting, item.body)
    }

    private func item(_ setting: BucketSetting, _ bytes: [UInt8]?) throws(AWSError) -> Item {
        if setting == .policy {
            let policy = SitePolicy(bucket: client.bucket, prefix: prefix)
            let (old, new) = try policy.ofBucket(over: bytes)
            return make(setting, old?.document, new.document, Array(new.document.utf8))
        }
        let old = try bytes.map { (bytes) throws(AWSError) -> XMLElement in
            guard let element = XMLElement(bytes) else {
                throw .malformedAnswer(
                    operation: "Get\(setting.operation)", reason: "not well-formed XML")
            }
            return element
        }
        let new: XMLElement
        switch setting {
        case .access: new = access(old)
        case .website: new = website(old)
        case .cors: new = cors(old)
        default:
            let status = old?["Status"]?.text ?? ""
            return Item(
                setting: setting, state: status == "Enabled" ? .set : .advice,
                now: status.isEmpty ? nil : "Status: \(status)",
                wanted: status == "Enabled" ? nil : "Status: Enabled")
        }
        return make(
            setting, old?.outline, new.outline, new.document(namespace: S3Answers.namespace))
    }

    private func make(
        _ setting: BucketSetting, _ now: String?, _ wanted: String, _ body: [UInt8]
    ) -> Item {
        if now == wanted || wanted.isEmpty { return Item(setting: setting, state: .set, now: now) }
        return Item(
            setting: setting, state: now == nil ? .missing : .differs, now: now, wanted: wanted,
            body: body)
    }

    /// A bucket without it blocks nothing; access by lists of single objects stays blocked.
    private func access(_ old: XMLElement?) -> XMLElement {
        guard var block = old else { return XMLElement(name: "PublicAccessBlockConfiguration") }
        for name in ["BlockPublicPolicy", "RestrictPublicBuckets"] where block[name] != nil {
            block[name]?.text = "false"
        }
        return block
    }

    private func website(_ old: XMLElement?) -> XMLElement {
        let index = XMLElement(
            name: "IndexDocument", children: [XMLElement(name: "Suffix", text: index)])
        let error = XMLElement(
            name: "ErrorDocument", children: [XMLElement(name: "Key", text: prefix + missing)])
        // Rules that redirect some addresses stay.
        let rules = old?.children.filter { $0.name == "RoutingRules" } ?? []
        if let old, old["IndexDocument"]?.outline == index.outline,
            old["ErrorDocument"]?.outline == error.outline
        {
            return old
        }
        return XMLElement(name: "WebsiteConfiguration", children: [index, error] + rules)
    }

    /// Pages of anyone may read the data.
    private func cors(_ old: XMLElement?) -> XMLElement {
        let fields = [
            ("AllowedOrigin", "*"), ("AllowedMethod", "GET"), ("AllowedMethod", "HEAD"),
            ("AllowedHeader", "*"), ("ExposeHeader", "ETag"), ("ExposeHeader", "Content-Range"),
            ("ExposeHeader", "Accept-Ranges"), ("MaxAgeSeconds", "86400"),
        ]
        let rule = XMLElement(
            name: "CORSRule", children: fields.map { XMLElement(name: $0, text: $1) })
        func texts(_ rule: XMLElement) -> Set<String> {
            Set(rule.children.map { "\($0.name) \($0.text)" })
        }
        // The first rule that fits is the one that counts. One that an older version has set makes room.
        let ours = Set(fields.map { "\($0) \($1)" })
        let rules = (old?.children ?? []).filter { other in
            let texts = texts(other)
            return !texts.contains("ExposeHeader ETag") || !texts.isStrictSubset(of: ours)
        }
        let isOpen = rules.contains { rule in
            texts(rule).isSuperset(of: [
                "AllowedOrigin *", "AllowedMethod GET", "ExposeHeader Content-Range",
                "ExposeHeader Accept-Ranges",
            ])
        }
        if let old, isOpen { return old }
        return XMLElement(name: "CORSConfiguration", children: [rule] + rules)
    }
}

extension XMLElement {
    /// What is inside, for people: a line for each text, indented.
    fileprivate var outline: String {
        children.map { $0.lines(indent: "") }.joined(separator: "\n")
    }

    private func lines(indent: String) -> String {
        if children.isEmpty { return "\(indent)\(name): \(text)" }
        return ([indent + name] + children.map { $0.lines(indent: indent + "  ") })
            .joined(separator: "\n")
    }
}
