import Decode
import Kafka
import Tasks

extension KafkaSource {
    /// Reads what comes from now on, or all of the running slot, until the window ends.
    ///
    /// A connection that is lost and comes back loses nothing: the topic has kept what came meanwhile.
    func follow(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        guard let window = try LiveWindow(request, of: name) else { return }
        let (topic, slot) = (topic, request.isWhole ? window.slot : nil)
        try await topic.withTokens { tokens in
            try await window.read(
                of: name, for: request, from: topic.shown, archive: archive
            ) { ledger in
                if slot != nil { ledger.beginWhole() }
                return await onThread { isStopped in
                    var following = TopicFollowing(
                        topic, of: slot, into: ledger, links: request.rules.context?.links)
                    return LiveReading(streams: [
                        following.run(token: tokens, isStopped: isStopped)
                    ])
                }
            }
        }
    }
}
