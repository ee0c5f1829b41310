import Transport

/// The part of S3 that its kin share: put, get, head, list and delete in one bucket.
///
/// Bodies are signed with their SHA-256.
public final class S3Client: Sendable {
    private let session: S3Session

    /// - Parameters:
    ///   - silenceLimit: how long the server may send and take nothing in the middle of a request.
    public init(
        bucket: S3Bucket, credentials: any CredentialSource, http: HTTPClient,
        retry: RetryPolicy = RetryPolicy(), silenceLimit: Duration = .seconds(30),
        now: @escaping @Sendable () -> SigningTime = SigningTime.now
    ) {
        session = S3Session(
            bucket: bucket, credentials: credentials, http: http, retry: retry,
            silenceLimit: silenceLimit, now: now)
    }

    /// A client with connections of its own, at most `maxActive` of them.
    public convenience init(
        bucket: S3Bucket, credentials: any CredentialSource, retry: RetryPolicy = RetryPolicy(),
        silenceLimit: Duration = .seconds(30), maxActive: Int
    ) throws(AWSError) {
        let http: HTTPClient
        do throws(TransportError) {
            http = try HTTPClient(maxActive: maxActive)
        } catch {
            throw .transport(error)
        }
        self.init(
            bucket: bucket, credentials: credentials, http: http, retry: retry,
            silenceLimit: silenceLimit)
    }

    /// How many requests were sent so far, repeated ones too.
    public var requestCount: Int { session.requestCount }

    /// The bucket; in another region than at first if the service said that it is there.
    public var bucket: S3Bucket { session.bucket }

    /// Returns the ETag of what is there now.
    @discardableResult
    public func put(
        _ key: ObjectKey, _ body: [UInt8], headers: ObjectHeaders, if condition: S3Condition = .none
    ) async throws(AWSError) -> String {
        var fields: Headers = [
            "Content-Type": headers.contentType, "Cache-Control": headers.cacheControl,
        ]
        fields["Content-Encoding"] = headers.contentEncoding
        condition.add(to: &fields)
        return try await session.send(
            S3Call(.put, method: .put, key: key, headers: fields, body: body)
        ) { (response) throws(AWSError) in
            // Something that stands between may have answered, and nothing been stored.
            guard let etag = response.headers["ETag"], !etag.isEmpty else {
                throw .malformedAnswer(operation: S3Operation.put.rawValue, reason: "no ETag")
            }
            return etag
        }
    }

    /// The object, of at most `byteLimit` bytes (and never less than 64 KiB, which errors need);
    /// nil if there is none. Bytes that were stored as gzip, and say so, come as they were before.
    public func get(_ key: ObjectKey, byteLimit: Int) async throws(AWSError) -> S3Object? {
        try await object(
            S3Call(.get, method: .get, key: key, byteLimit: byteLimit, isDecoded: true))
    }

    /// The object without its bytes; nil if there is none.
    public func head(_ key: ObjectKey) async throws(AWSError) -> S3Object? {
        try await object(S3Call(.head, method: .head, key: key))
    }

    /// All objects whose keys begin with `prefix`, in as many requests as it takes.
    public func list(prefix: String) async throws(AWSError) -> [S3Listing] {
        var objects: [S3Listing] = []
        var continuation: String?
        var seen: Set<String> = []
        repeat {
            var query = [("encoding-type", "url"), ("list-type", "2"), ("prefix", prefix)]
            if let continuation { query.append(("continuation-token", continuation)) }
            let page = try await session.send(S3Call(.list, method: .get, query: query)) {
                (response) throws(AWSError) in try S3Answers.page(response.body)
            }
            objects += page.objects
            continuation = page.continuation
            if let continuation, !seen.insert(continuation).inserted {
                throw .malformedAnswer(
                    operation: S3Operation.list.rawValue, reason: "its pages go round in a circle")
            }
        } while continuation != nil
        return objects
    }

    /// Deletes the objects, a thousand a request, or one by one where the server knows nothing else,
    /// and returns what could not be deleted.
    ///
    /// Keys that do not exist count as deleted.
    public func delete(_ keys: [ObjectKey]) async throws(AWSError) -> [S3Refusal] {
        var refusals: [S3Refusal] = []
        for start in stride(from: 0, to: keys.count, by: 1000) {
            let batch = Array(keys[start..<min(start + 1000, keys.count)])
            do throws(AWSError) {
                refusals += try await deleteTogether(batch)
            } catch {
                guard error.isUnsupported else { throw error }
                refusals += try await deleteSingly(batch)
            }
        }
        return refusals
    }

    private func deleteTogether(_ keys: [ObjectKey]) async throws(AWSError) -> [S3Refusal] {
        let body = S3Answers.deletion(of: keys)
        let headers: Headers = [
            "Content-MD5": try Digest.md5(body).base64, "Content-Type": "application/xml",
        ]
        let call = S3Call(
            .delete, method: .post, query: [("delete", "")], headers: headers, body: body)
        let failures = try await session.send(call) { (response) throws(AWSError) in
            try S3Answers.undeleted(response.body)
        }
        var refusals: [S3Refusal] = []
        for (key, failure) in failures {
            refusals.append(
                S3Refusal(
                    operation: .delete, bucket: bucket, key: try ObjectKey(key), status: 200,
                    code: failure.code, message: failure.message))
        }
        return refusals
    }

    private func deleteSingly(_ keys: [ObjectKey]) async throws(AWSError) -> [S3Refusal] {
        var refusals: [S3Refusal] = []
        for key in keys {
            do throws(AWSError) {
                try await session.send(S3Call(.delete, method: .delete, key: key)) { _ in }
            } catch {
                guard case .refused(let refusal) = error else { throw error }
                if !refusal.isMissingKey { refusals.append(refusal) }
            }
        }
        return refusals
    }

    private func object(_ call: S3Call) async throws(AWSError) -> S3Object? {
        do throws(AWSError) {
            return try await session.send(call) { S3Object($0) }
        } catch .refused(let refusal) where refusal.isMissingKey {
            return nil
        }
    }
}
