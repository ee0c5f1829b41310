extension BucketClient {
    /// Whether the bucket's policy lets anyone read or list what begins with `prefix`: perhaps not from here, and not
    /// yet. False where the policy may not be read, or there is no such setting: then only asking tells.
    public func isOpenByPolicy(_ prefix: String) async throws(AWSError) -> Bool {
        do throws(AWSError) {
            guard case .set(let policy) = try await read(.policy) else { return false }
            return BucketPolicy(policy)?.opens("\(bucket.arn)/\(prefix)", of: bucket.arn) ?? false
        } catch .refused(let refusal) where !refusal.isTransient {
            return false
        }
    }

    /// Whether the bucket keeps what is deleted; false where it may not be asked.
    public func keepsVersions() async throws(AWSError) -> Bool {
        do throws(AWSError) {
            guard case .set(let answer) = try await read(.versioning) else { return false }
            return XMLElement(answer)?["Status"]?.text == "Enabled"
        } catch .refused(let refusal) where !refusal.isTransient {
            return false
        }
    }
}

/// What a bucket's policy gives to everybody, in the language of IAM.
struct BucketPolicy {
    private let statements: [JSONTree]

    /// Nil for what is no policy.
    init?(_ bytes: [UInt8]) {
        guard let policy = JSONTree(bytes), let found = policy["Statement"] else { return nil }
        statements = if case .array(let list) = found { list } else { [found] }
    }

    /// Whether everybody may read or list something that begins as `objects` does. What a statement denies does not
    /// count: it may deny it to some.
    func opens(_ objects: String, of bucket: String) -> Bool {
        statements.contains { statement in
            statement["Effect"] == "Allow" && Self.isForAnyone(statement)
                && !Self.keepsOut(statement["Condition"])
                && Self.allows(statement, objects, of: bucket)
        }
    }

    private static func isForAnyone(_ statement: JSONTree) -> Bool {
        guard let principal = statement["Principal"] else {
            return statement["NotPrincipal"] != nil
        }
        return texts(principal["AWS"] ?? principal).contains("*")
    }

    /// Whether a condition can tell people apart, other than by what anyone may write into a request.
    private static func keepsOut(_ condition: JSONTree?) -> Bool {
        guard case .object(let operators)? = condition else { return false }
        let keys = operators.values.flatMap { tests -> [String] in
            if case .object(let tests) = tests { tests.keys.map { $0.lowercased() } } else { [] }
        }
        return keys.contains { key in
            !["aws:referer", "aws:useragent", "aws:securetransport"].contains(key)
                && !key.hasPrefix("s3:")
        }
    }

    private static func allows(
        _ statement: JSONTree, _ objects: String, of bucket: String
    ) -> Bool {
        func isMeant(_ action: String) -> Bool {
            guard let actions = statement["Action"] else { return statement["NotAction"] != nil }
            return texts(actions).contains { matches($0.lowercased(), action) }
        }
        guard let resource = statement["Resource"] else { return statement["NotResource"] != nil }
        let resources = texts(resource)
        let reads = ["s3:getobject", "s3:getobjectversion"].contains(where: isMeant)
        let lists = ["s3:listbucket", "s3:listbucketversions"].contains(where: isMeant)
        return reads
            && resources.contains { pattern in
                // Up to its first wildcard it is as written.
                let start = pattern.prefix { $0 != "*" && $0 != "?" }
                return objects.hasPrefix(start) || start.hasPrefix(objects)
            } || lists && resources.contains { matches($0, bucket) }
    }

    private static func texts(_ tree: JSONTree) -> [String] {
        switch tree {
        case .string(let text): [text]
        case .array(let list): list.flatMap(texts)
        default: []
        }
    }

    /// `*` stands for any bytes, `?` for one.
    private static func matches(_ pattern: String, _ text: String) -> Bool {
        let (pattern, text) = (Array(pattern.utf8), Array(text.utf8))
        var (place, at, star, resume) = (0, 0, -1, 0)
        while at < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                (star, resume, place) = (place, at, place + 1)
            } else if place < pattern.count,
                pattern[place] == text[at] || pattern[place] == UInt8(ascii: "?")
            {
                (place, at) = (place + 1, at + 1)
            } else if star >= 0 {
                resume += 1
                (place, at) = (star + 1, resume)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
