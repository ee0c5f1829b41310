import Calendar
import Support
import Tasks

@testable import Snapshot
@testable import Tally

/// A source of one town's servers, which serve made-up statuses.
enum Town {
    static let now = MadeUpStatuses.end + 60

    static func source(
        _ servers: [String], token: String? = nil, timelines: [MastodonTimeline] = [everything],
        lookBack: Int = 3600, certificates: String? = nil
    ) -> MastodonSource {
        MastodonSource(
            name: "town",
            servers: servers.map {
                MastodonAccess(base: $0, token: token, tokenVariable: "TIDEMARK_TOKEN")
            }, timelines: timelines, lookBack: lookBack, settle: 0, certificates: certificates,
            backoff: Backoff(base: .milliseconds(1), cap: .milliseconds(2)))
    }

    static let everything = MastodonTimeline.public(isLocal: false)

    static func request(
        length: Int = 60, archived: Set<Timestamp> = [], slot: Slot? = nil
    ) -> WindowRequest {
        WindowRequest(
            now: now, schedule: .everySixHours, length: length, slot: slot, archived: archived,
            rules: CountingRules())
    }

    /// What a source reads of a server that is told this besides its statuses.
    static func read(
        _ told: String = "", statuses: String = MadeUpStatuses().recording(count: 500, spacing: 60),
        token: String? = nil, timelines: [MastodonTimeline] = [everything], lookBack: Int = 3600,
        _ request: WindowRequest = request()
    ) async throws -> WindowCollection {
        try await withTemporaryFolder { folder in
            try write(statuses, to: "\(folder)/statuses")
            return try await withMastodonPeer(
                #"{"statuses":"\#(folder)/statuses"\#(told.isEmpty ? "" : ",")\#(told)}"#
            ) { address in
                await WindowCollection.of(
                    source([address], token: token, timelines: timelines, lookBack: lookBack),
                    request)
            }
        }
    }

    /// The 360 posts of the slot from 12:00 to 18:00.
    static let whole = ["2026-11-22T12:00:00Z complete 1.0 360 23"]
}
