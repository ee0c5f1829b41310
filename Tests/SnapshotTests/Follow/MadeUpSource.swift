import Calendar
import Decode
import Foundation
import Hashtags
import Synchronization
import Tally

@testable import Snapshot

/// A clock that stands until somebody waits, and then is where they wait for.
final class MadeUpClock: Sendable {
    private let time: Mutex<Timestamp>
    /// The end of the test, by this clock.
    let end: Timestamp

    init(from start: Timestamp, to end: Timestamp) {
        time = Mutex(start)
        self.end = end
    }

    var now: Timestamp { time.withLock { $0 } }

    var following: FollowClock {
        FollowClock { [self] in
            now
        } sleep: { [self] until in
            try Task.checkCancellation()
            guard until < end else { throw CancellationError() }
            time.withLock { $0 = max($0, until) }
        }
    }
}

/// A live source that has, in each second of the clock, a post of one of many people.
struct MadeUpSource: PostSource {
    let name: String
    let availability = Availability.live
    let clock: MadeUpClock
    /// Seconds between two posts.
    var step = 1

    /// What it is asked for is brought at once, as far as the clock is.
    func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        let slot = request.running
        var ledger = PostLedger(rules: request.rules)
        var reader = EventReader(format: .jetstream, grammar: nil, links: nil)
        var next = slot.start
        while !Task.isCancelled {
            let now = min(clock.now, slot.end)
            while next < now {
                let line = Self.event(next)
                Array(line.utf8).withUnsafeBytes { reader.feed($0, to: &ledger) }
                next = next + step
            }
            try request.watcher?.look(
                at: name, ledger, keeping: request.top,
                within: slot.start.microseconds..<slot.end.microseconds,
                reached: now.microseconds)
            try await Task.sleep(for: .milliseconds(1))
        }
        throw CancellationError()
    }

    static func event(_ time: Timestamp) -> String {
        let second = time.secondsSinceEpoch
        return
            #"{"did":"did:plc:\#(second % 997)","time_us":\#(second * 1_000_000),"kind":"commit","commit":"#
            + #"{"rev":"3l\#(second)","operation":"create","collection":"app.bsky.feed.post","rkey":"\#(second)","#
            + #""record":{"text":"","tags":["tide","t\#(second % 13)"]}}}"# + "\n"
    }
}
