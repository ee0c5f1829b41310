import Transport

extension BlueskySource {
    /// Whether each server opens a WebSocket; one of them is enough.
    public func check() async -> [SourceCheck] {
        var checks: [SourceCheck] = []
        for host in hosts {
            do throws(TransportError) {
                _ = try await WebSocket.open(
                    WebSocketRequest(
                        host.subscription(from: Int64.max / 2), connectLimit: .seconds(5)),
                    certificates: options.certificates)
                checks.append(SourceCheck(host.shown, "opens a WebSocket"))
            } catch {
                checks.append(SourceCheck(host.shown, failure: error))
            }
        }
        guard checks.contains(where: { !$0.isWrong }) else { return checks }
        return checks.map { check in
            check.isWrong ? SourceCheck(check.subject, "passed over, as \(check.finding)") : check
        }
    }
}
