import Calendar
import Digest
import Tasks
import Transport

/// The part of S3 that its kin share: put, get, head, list and delete in one bucket.
///
/// Bodies are signed with their SHA-256.
public final class S3Client: Sendable {
    private let home: S3Bucket
    private let client: ServiceClient
    /// The same bucket as anyone sees it.
    private let stranger: ServiceClient
    private let http: HTTPClient
    private let retry: Retry

    /// - Parameters:
    ///   - silenceLimit: how long the server may send and take nothing in the middle of a request.
    public init(
        bucket: S3Bucket, credentials: any CredentialSource, http: HTTPClient, retry: Retry,
        silenceLimit: Duration = .seconds(30),
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) throws(AWSError) {
        home = bucket
        self.http = http
        self.retry = retry
        client = try bucket.client(
            credentials: credentials, http: http, retry: retry, silenceLimit: silenceLimit, now: now
        )
        stranger = try bucket.client(credentials: nil, http: http, retry: retry, now: now)
    }

    /// A client with connections of its own, at most `maxActive` of them.
    ///
    /// - Parameter certificates: a PEM file of authorities to trust in the place of the system's.
    public convenience init(
        bucket: S3Bucket, credentials: any CredentialSource, retry: Retry,
        silenceLimit: Duration = .seconds(30), maxActive: Int, certificates: String? = nil
    ) throws(AWSError) {
        try self.init(
            bucket: bucket, credentials: credentials, http: try .some(maxActive, certificates),
            retry: retry, silenceLimit: silenceLimit)
    }

    /// How many requests were sent so far, repeated ones too.
    public var requestCount: Int { client.requestCount + stranger.requestCount }

    /// How many seconds the server's clock is ahead of ours, by its last answer; nil if none told.
    public var clockLead: Int? { client.clockLead }

    /// The bucket; in another region than at first if the service said that it is there.
    public var bucket: S3Bucket { (try? home.moved(to: client.region)) ?? home }

    /// Returns the ETag of what is there now.
    ///
    /// - Parameter limit: a shorter time for all attempts than usual.
    @discardableResult
    public func put(
        _ key: ObjectKey, _ body: [UInt8], headers: ObjectHeaders,
        if condition: S3Condition = .none, within limit: Duration? = nil
    ) async throws(AWSError) -> String {
        var fields: Headers = [
            "Content-Type": headers.contentType, "Cache-Control": headers.cacheControl,
        ]
        fields["Content-Encoding"] = headers.contentEncoding
        condition.add(to: &fields)
        let call = call(.put, method: .put, key, headers: fields, body: body)
        let told = try await client.send(call, within: limit) { response in
            try? S3Object.etag(of: response, to: S3Operation.put.rawValue)
        }
        if let told { return told }
        // Some servers tell it when they are asked for the object.
        if let there = try? await head(key)?.etag,
            let digest = MD5(of: body)?.hex, there == "\"\(digest)\""
        {
            return there
        }
        // Something that stands between may have answered, and nothing been stored.
        return try await client.send(call, within: limit) { (response) throws(AWSError) in
            try S3Object.etag(of: response, to: S3Operation.put.rawValue)
        }
    }

    /// The object, of at most `byteLimit` bytes (and never less than 64 KiB, which errors need);
    /// nil if there is none. Bytes that were stored as gzip, and say so, come as they were before.
    public func get(_ key: ObjectKey, byteLimit: Int) async throws(AWSError) -> S3Object? {
        try await object(call(.get, method: .get, key, byteLimit: byteLimit))
    }

    /// The object without its bytes; nil if there is none.
    public func head(_ key: ObjectKey) async throws(AWSError) -> S3Object? {
        do throws(AWSError) {
            return try await object(call(.head, method: .head, key))
        } catch .refused(let refusal) where refusal.code.isEmpty {
            // An answer to HEAD has no room for a reason: a byte of the object is asked for to get it.
            return try await object(
                call(.head, method: .get, key, headers: ["Range": "bytes=0-0"]))
        }
    }

    /// All objects whose keys begin with `prefix`, in as many requests as it takes.
    public func list(prefix: String) async throws(AWSError) -> S3Contents {
        var contents = S3Contents()
        var continuation: String?
        var seen: Set<String> = []
        repeat {
            var query = [("encoding-type", "url"), ("list-type", "2"), ("prefix", prefix)]
            if let continuation { query.append(("continuation-token", continuation)) }
            let page = try await client.send(call(.list, method: .get, query: query)) {
                (response) throws(AWSError) in try S3Answers.page(response.body)
            }
            contents.objects += page.contents.objects
            contents.strays += page.contents.strays
            continuation = page.continuation
            if let continuation, !seen.insert(continuation).inserted {
                throw .malformedAnswer(
                    operation: S3Operation.list.rawValue, reason: "its pages go round in a circle")
            }
        } while continuation != nil
        return contents
    }

    /// Deletes the objects, a thousand a request, or one by one where the server knows nothing else,
    /// and returns what could not be deleted.
    ///
    /// Keys that do not exist count as deleted.
    public func delete(_ keys: [ObjectKey]) async throws(AWSError) -> [ObjectKey: Refusal] {
        var refusals: [ObjectKey: Refusal] = [:]
        for start in stride(from: 0, to: keys.count, by: 1000) {
            let batch = Array(keys[start..<min(start + 1000, keys.count)])
            do throws(AWSError) {
                refusals.merge(try await deleteTogether(batch)) { $1 }
            } catch {
                guard error.isUnsupported || error.isNonsense || error.isMissing else {
                    throw error
                }
                refusals.merge(try await deleteSingly(batch)) { $1 }
            }
        }
        return refusals
    }

    private func deleteTogether(
        _ keys: [ObjectKey]
    ) async throws(AWSError) -> [ObjectKey: Refusal] {
        let body = S3Answers.deletion(of: keys)
        let headers: Headers = [
            "Content-MD5": try contentMD5(of: body), "Content-Type": "application/xml",
        ]
        let call = call(
            .delete, method: .post, query: [("delete", "")], headers: headers, body: body)
        let failures = try await client.send(call) { (response) throws(AWSError) in
            try S3Answers.undeleted(response.body)
        }
        var refusals: [ObjectKey: Refusal] = [:]
        for (name, code, message) in failures {
            guard let key = try? ObjectKey(name) else { continue }
            let single = self.call(.delete, method: .delete, key)
            let refusal = Refusal(
                operation: single.operation, resource: single.resource,
                permission: single.permission, status: 200, code: code, message: message,
                region: client.region)
            if !refusal.isMissingKey { refusals[key] = refusal }
        }
        return refusals
    }

    private func deleteSingly(_ keys: [ObjectKey]) async throws(AWSError) -> [ObjectKey: Refusal] {
        var refusals: [ObjectKey: Refusal] = [:]
        for key in keys {
            do throws(AWSError) {
                try await client.send(call(.delete, method: .delete, key)) { _ in }
            } catch {
                guard case .refused(let refusal) = error else { throw error }
                if !refusal.isMissingKey { refusals[key] = refusal }
            }
        }
        return refusals
    }

    /// Whether an object, which begins with these bytes, is given to someone without credentials.
    ///
    /// - Parameter address: where it might be served too; nil for the bucket alone.
    public func givesToAnyone(
        _ key: ObjectKey, beginning: [UInt8], orAt address: String?
    ) async throws(AWSError) -> Bool {
        var call = call(.get, method: .get, key, byteLimit: 256 << 20)
        if try await Self.isGiven(call, beginning, by: stranger) { return true }
        guard let address else { return false }
        // Not worth waiting for: it is another server, and may be set up later.
        var retry = retry
        retry.attempts = 5
        let site = try ServiceClient(
            service: "", region: "", endpoint: { (_) throws(AWSError) in try .of(address) },
            credentials: nil, http: http, retry: retry, now: Timestamp.now)
        call.path = ""
        return try await Self.isGiven(call, beginning, by: site)
    }

    /// Whether someone without credentials is shown that object, be it without its bytes.
    public func showsAnyone(_ key: ObjectKey) async throws(AWSError) -> Bool {
        let get = call(.get, method: .get, key, headers: ["Range": "bytes=0-0"])
        if try await Self.isGiven(get, by: stranger) { return true }
        return try await Self.isGiven(call(.head, method: .head, key), by: stranger)
    }

    /// Whether someone without credentials is told which objects begin so.
    public func listsToAnyone(prefix: String) async throws(AWSError) -> Bool {
        let query = [("list-type", "2"), ("max-keys", "1"), ("prefix", prefix)]
        return try await Self.isGiven(call(.list, method: .get, query: query), by: stranger)
    }

    private static func isGiven(
        _ call: Call, _ beginning: [UInt8] = [], by server: ServiceClient
    ) async throws(AWSError) -> Bool {
        do throws(AWSError) {
            return try await server.send(call) { $0.body.starts(with: beginning) }
        } catch .refused(let refusal) where !refusal.isTransient {
            return false
        }
    }

    private func object(_ call: Call) async throws(AWSError) -> S3Object? {
        do throws(AWSError) {
            return try await client.send(call) { (response) throws(AWSError) in
                try S3Object(response, to: call.operation)
            }
        } catch .refused(let refusal) where refusal.isMissingKey {
            return nil
        }
    }

    /// - Parameter key: nil for the bucket itself.
    private func call(
        _ operation: S3Operation, method: Request.Method, _ key: ObjectKey? = nil,
        query: [(name: String, value: String)] = [], headers: Headers = [:],
        body: [UInt8]? = nil, byteLimit: Int = 8 << 20
    ) -> Call {
        let arn = home.arn
        let permission =
            operation.permission + " on " + (operation == .list ? arn : arn + "/*")
            // Without it a missing object is told like a forbidden one.
            + (key == nil ? "" : ", and s3:ListBucket on \(arn)")
        return Call(
            operation.rawValue, on: key.map { "\(home.name)/\($0)" } ?? home.name,
            permission: permission, method: method, path: home.path(of: key), query: query,
            headers: headers, body: body, byteLimit: byteLimit, isObject: operation == .get)
    }
}

/// What is asked of S3, by the service's own names.
enum S3Operation: String, Sendable {
    case put = "PutObject"
    case get = "GetObject"
    case head = "HeadObject"
    case list = "ListObjectsV2"
    case delete = "DeleteObjects"

    /// The IAM permission it takes.
    var permission: String {
        switch self {
        case .put: "s3:PutObject"
        case .get, .head: "s3:GetObject"
        case .list: "s3:ListBucket"
        case .delete: "s3:DeleteObject"
        }
    }
}
