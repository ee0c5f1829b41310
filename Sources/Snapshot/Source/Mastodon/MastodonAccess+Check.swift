import Tasks
import Text
import Transport

extension MastodonAccess {
    /// Asks the server who it is, and then for what a source reads of it.
    func check(
        over client: HTTPClient,
        _ body: (inout PacedServer, MastodonInstance) async throws -> String
    ) async -> SourceCheck {
        var server = server(client, Backoff(base: .milliseconds(200), cap: .seconds(1)))
        do {
            let instance = try await server.instance(before: .now + SourceCheck.patience)
            let found = try await body(&server, instance)
            let version =
                instance.version.isEmpty
                ? "" : "version \(terminalSafe(instance.version, limit: 60)), "
            return SourceCheck(base, version + found, clockLead: server.pace.clockLead)
        } catch {
            return SourceCheck(base, failure: error, clockLead: server.pace.clockLead)
        }
    }

    /// What the server shows of these timelines, and whether it has streams, behind `found`.
    ///
    /// Throws if it shows nothing of any.
    func sentence(
        _ found: String, _ timelines: [MastodonTimeline], of instance: MastodonInstance
    ) throws -> String {
        let kept = timelines.map { instance.keptBack(of: $0, hasToken: hasToken) }
        var reasons: [String] = []
        for case let one? in kept where !reasons.contains(one.reason) { reasons.append(one.reason) }
        if kept.allSatisfy({ $0?.share == 1 }) {
            throw SnapshotError.refused(
                address: base,
                reason: reasons.joined(separator: ", and ")
                    + ", so nothing can be counted; name another server"
                    + (hasToken ? "" : ", or a token of one of its users"))
        }
        return found + (instance.hasStreams ? ", it offers streams" : ", it offers no streams")
            + reasons.map { ", but it \($0)" }.joined()
    }

    /// With whose rights we come.
    var manner: String { !hasToken ? "without a token" : "with the token" }
}

extension MastodonSource {
    public func check() async -> [SourceCheck] {
        guard let client = try? HTTPClient(certificates: certificates) else { return [] }
        var checks: [SourceCheck] = []
        for access in servers {
            checks.append(
                await access.check(over: client) { server, instance in
                    var reader = MastodonReader(
                        server, timelines: timelines, hasToken: access.hasToken)
                    defer { server = reader.server }
                    try await reader.check(before: .now + SourceCheck.patience)
                    return try access.sentence(
                        "its timelines can be read \(access.manner)", timelines, of: instance)
                })
        }
        return checks
    }
}

extension MastodonStream {
    public func check() async -> [SourceCheck] {
        guard let client = try? HTTPClient(certificates: certificates) else { return [] }
        var checks: [SourceCheck] = []
        for access in servers {
            checks.append(
                await access.check(over: client) { server, instance in
                    for timeline in timelines {
                        let transfer = try await client.open(
                            request(timeline, of: instance, access))
                        guard transfer.status == 200 else {
                            throw server.refused(access.refusal(transfer.status, transfer.headers))
                        }
                        if let reason = access.refusal(ofStream: transfer.headers) {
                            throw server.refused(reason)
                        }
                    }
                    return "its streams open \(access.manner)"
                })
        }
        return checks
    }
}
