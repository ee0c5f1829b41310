import AWS
import Calendar
import Synchronization
import Testing
import Text

@Suite struct CachedCredentialsTests {
    /// Gives credentials that last `seconds`, each time under another name, until it is told to fail.
    private final class Place: CredentialSource {
        let name = "a place"
        let count = Mutex(0)
        let fails = Mutex(false)
        let clock: Clock
        let seconds: Int?

        init(_ clock: Clock, seconds: Int?) {
            self.clock = clock
            self.seconds = seconds
        }

        func credentials() async throws(AWSError) -> Credentials? {
            let number = count.withLock { count in
                count += 1
                return count
            }
            for _ in 0..<10 { await Task.yield() }
            if fails.withLock({ $0 }) { throw .credentials(place: name, reason: "it is away") }
            return Credentials(
                accessKeyID: "ID\(number)", secretAccessKey: Secret("hunter2"),
                expiration: seconds.map { clock.now + $0 })
        }
    }

    private final class Clock: Sendable {
        private let time = Mutex(Timestamp(secondsSinceEpoch: 1_800_000_000))
        var now: Timestamp { time.withLock { $0 } }
        func advance(by count: Int) { time.withLock { $0 = $0 + count } }
    }

    private let clock = Clock()

    private func cached(_ place: Place) -> CachedCredentials {
        CachedCredentials(place, now: { [clock] in clock.now })
    }

    @Test func `Lasting keys are asked for once`() async throws {
        let place = Place(clock, seconds: nil)
        let cached = cached(place)
        for _ in 0..<3 {
            #expect(try await cached.credentials()?.accessKeyID == "ID1")
            clock.advance(by: 1_000_000)
        }
        #expect(place.count.withLock { $0 } == 1)
    }

    @Test func `Temporary ones are asked for again five minutes before they end`() async throws {
        let cached = cached(Place(clock, seconds: 3600))
        #expect(try await cached.credentials()?.accessKeyID == "ID1")
        clock.advance(by: 3299)
        #expect(try await cached.credentials()?.accessKeyID == "ID1")
        clock.advance(by: 1)
        #expect(try await cached.credentials()?.accessKeyID == "ID2")
    }

    @Test func `Many who need them at once make one question`() async throws {
        let place = Place(clock, seconds: 3600)
        let cached = cached(place)
        for round in 1...2 {
            let ids = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await cached.credentials()?.accessKeyID }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(ids == ["ID\(round)"])
            #expect(place.count.withLock { $0 } == round)
            clock.advance(by: 3400)
        }
    }

    @Test func `Where no new ones can be had, those that are there serve to their end`()
        async throws
    {
        let place = Place(clock, seconds: 3600)
        let cached = cached(place)
        _ = try await cached.credentials()
        place.fails.withLock { $0 = true }
        clock.advance(by: 3599)
        #expect(try await cached.credentials()?.accessKeyID == "ID1")
        clock.advance(by: 61)
        await #expect(throws: AWSError.credentials(place: "a place", reason: "it is away")) {
            try await cached.credentials()
        }
        place.fails.withLock { $0 = false }
        #expect(try await cached.credentials()?.accessKeyID == "ID4")
    }

    @Test func `To a clock that is wrong new ones are good for a minute`() async throws {
        let place = Place(clock, seconds: -7200)
        let cached = cached(place)
        for _ in 0..<3 { #expect(try await cached.credentials()?.accessKeyID == "ID1") }
        clock.advance(by: 60)
        #expect(try await cached.credentials()?.accessKeyID == "ID2")
    }
}
