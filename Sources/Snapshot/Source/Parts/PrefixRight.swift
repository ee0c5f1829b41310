import AWS

/// The right to be the only publisher that closes the slots of a prefix: an object that says whose it is, put there again
/// every few minutes as long as the run goes on.
actor PrefixRight {
    /// After how many seconds of silence others take a run for dead, by the server's clock.
    static let duration = 900

    private let key: String
    /// The object: it tells this publisher from others, and is the same for all its runs.
    private let mine: [UInt8]
    /// While it is held: how to reach it, and its ETag.
    private var held: (client: S3Client, tag: String)?

    init(key: String, owner: String) { (self.key, mine) = (key, Array("\(owner)\n".utf8)) }

    /// False if another publisher has it.
    func take(_ client: S3Client) async throws -> Bool {
        let key = try ObjectKey(key)
        var tag = try await client.put(mine, at: key, if: .absent)
        if tag == nil {
            guard let there = try await client.get(key, byteLimit: 1024) else { return false }
            // That of a run of this publisher's that was killed, or of one that nobody has heard of for long.
            guard there.bytes == mine || there.age ?? 0 > Self.duration else { return false }
            tag = try await client.put(mine, at: key, if: .unchanged(etag: there.etag))
        }
        held = tag.map { (client, $0) }
        return held != nil
    }

    /// False if another publisher has taken it over, or it never was held.
    func renew() async throws -> Bool {
        guard let (client, tag) = held else { return false }
        let key = try ObjectKey(key)
        var next = try await client.put(mine, at: key, if: .unchanged(etag: tag))
        // The answer to the last renewal may have been lost.
        if next == nil, let there = try await client.get(key, byteLimit: 1024), there.bytes == mine
        {
            next = there.etag
        }
        held = next.map { (client, $0) }
        return held != nil
    }

    /// Renews it until the task is cancelled. One that fails is no loss: there are others, and `renew` tells before anything
    /// is archived.
    func keep(_ sleep: @Sendable (Duration) async throws -> Void) async {
        while (try? await sleep(.seconds(Self.duration / 5))) != nil, !Task.isCancelled {
            if held != nil { _ = try? await renew() }
        }
    }

    /// Gives it back. What cannot be given back is void after a while.
    func free() async {
        guard let (client, _) = held, let key = try? ObjectKey(key) else { return }
        held = nil
        guard let there = try? await client.get(key, byteLimit: 1024), there.bytes == mine else {
            return
        }
        _ = try? await client.delete([key])
    }
}

extension S3Client {
    static let privateHeaders = ObjectHeaders(
        contentType: "application/octet-stream", cacheControl: "private, no-store")

    /// The ETag of what is there now; nil if the condition does not hold. A server that knows no conditions puts it all
    /// the same: it is for one publisher.
    func put(
        _ bytes: [UInt8], at key: ObjectKey, if condition: S3Condition
    ) async throws(AWSError) -> String? {
        do throws(AWSError) {
            return try await put(key, bytes, headers: Self.privateHeaders, if: condition)
        } catch {
            if error.isConditionFailure { return nil }
            guard error.isUnsupported else { throw error }
        }
        return try await put(key, bytes, headers: Self.privateHeaders)
    }
}
