import AWS
import Calendar
import Tasks

/// The shards of a stream from a time on, and how far each has been read: parents before their children.
///
/// Each shard is asked five times a second at the most, and given the time that its bytes may take (2 MiB a second); what
/// it refuses all the same, as others read it too, is asked again by the client.
struct ShardReading {
    /// A shard, from its beginning to its end.
    private struct Reach {
        let parents: [String]
        var iterator: String?
        /// Of the last record that came.
        var sequenceNumber: String?
        /// Until when in the stream it has been read, in milliseconds: the arrival of what came last.
        var position: Int64
        /// Before it the shard is not asked.
        var notBefore: ContinuousClock.Instant
        var isBegun = false
        var isDone = false
        /// Whether it has no more just now.
        var isAtTip = false
        /// The least that it has been behind the newest record, in milliseconds.
        var behind: Int64

        init(
            parents: [String], position: Int64, behind: Int64 = .max,
            notBefore: ContinuousClock.Instant = .now
        ) {
            (self.parents, self.position) = (parents, position)
            (self.behind, self.notBefore) = (behind, notBefore)
        }
    }

    /// What one shard gave at once.
    struct Batch {
        let records: [ShardRecord]
        /// No record of the shard or of its parents before these is later, in milliseconds.
        let position: Int64
    }

    let client: KinesisClient
    private let place: KinesisClient.Place
    private var shards: [String: Reach] = [:]
    /// When the stream got further the last time.
    private var progress = ContinuousClock.now
    private let begin = ContinuousClock.now

    /// Those that were read when they were no longer kept, in milliseconds: nothing before it is sure to have come.
    private(set) var lostBefore: Int64?
    /// Milliseconds that a record is kept.
    private let retention: Int64
    /// A stream that gets no further for so long is stuck, and one that is not done after so long.
    private let (patience, limit): (Duration, Duration)

    /// How many shards are asked at once: as many answers may be in memory, each 10 MiB at the most.
    private static let width = 4
    private static let batch = 5000
    static let expired = "ExpiredIteratorException"
    private static let pause = Duration.milliseconds(200)
    /// Where there is nothing more, it is not asked for five times a second.
    private static let restingPause = Duration.seconds(1)
    private static let bytesPerSecond = 2 << 20

    /// The shards that are there now.
    ///
    /// - Parameters:
    ///   - retention: seconds that a record is kept.
    ///   - limit: how long all of it may take.
    init(
        of client: KinesisClient, from place: KinesisClient.Place, retention: Int,
        patience: Duration = .seconds(300), limit: Duration = .seconds(86_400)
    ) async throws(AWSError) {
        self.client = client
        self.place = place
        (self.patience, self.limit) = (patience, limit)
        self.retention = Int64(retention) * 1000
        var start: Timestamp?
        if case .time(let time) = place { start = time }
        let position = (start ?? Timestamp(secondsSinceEpoch: 0)).secondsSinceEpoch * 1000
        for shard in try await client.shards(since: start) {
            shards[shard.id] = Reach(parents: shard.parents, position: position)
        }
        // Of what is closed by now, the end is in its children.
        if case .end = place {
            let parents = Set(shards.values.flatMap(\.parents))
            for id in parents { shards[id]?.isDone = true }
        }
    }

    /// Whether all has been read that was asked for.
    var isDone: Bool { shards.values.allSatisfy(\.isDone) }
    /// Whether there is no more just now.
    private var isAtTip: Bool {
        shards.values.allSatisfy { $0.isDone || $0.isBegun && $0.isAtTip }
    }
    /// For how long the service has told of more and not got further, where that is too long: no stream is filled faster than
    /// it can be read, so one that takes longer than it went on has no end.
    var stuckFor: Duration? {
        let (quiet, all) = (ContinuousClock.now - progress, ContinuousClock.now - begin)
        if isAtTip { return nil }
        return all > max(limit, patience) ? all : quiet > patience ? quiet : nil
    }

    /// The shards that can be read now, in the order of their names. A circle of parents, which no service has, is cut.
    private var ready: [String] {
        let open = shards.filter { !$0.value.isDone }
        let free = open.filter { _, reach in
            reach.isBegun || reach.parents.allSatisfy { shards[$0]?.isDone ?? true }
        }
        return (free.isEmpty ? open : free).keys.sorted()
    }

    /// Asks every shard once that can be read now, and hands over what each gives.
    ///
    /// - Parameters:
    ///   - end: the arrival behind which a shard is done, in milliseconds; nil for none.
    ///   - now: what time it is, in milliseconds: at the tip of the stream nothing before it is to come.
    mutating func round(
        until end: Int64?, now: () -> Int64, _ take: (Batch) -> Void
    ) async throws(AWSError) {
        let ids = ready
        var first: AWSError?
        typealias Answer = (reach: Reach, records: ShardRecords, asked: Int64)
        await withTaskGroup(of: (String, Result<Answer, AWSError>).self) { group in
            var waiting = ids[...]
            func begin() {
                guard first == nil, let id = waiting.popFirst(), var reach = shards[id] else {
                    return
                }
                if !reach.isBegun { inherit(&reach) }
                // What began when its parents were past is past as well.
                if let end, !reach.isBegun, reach.position >= end {
                    shards[id]?.isDone = true
                    return begin()
                }
                // What comes after this moment may be missing from the answer.
                let asked = now()
                // What was not read while it was kept is lost.
                let horizon = asked - retention
                if reach.position < horizon { lostBefore = max(lostBefore ?? horizon, horizon) }
                let (client, place, isOld) = (client, place(of: reach), reach.position < horizon)
                reach.isBegun = true
                shards[id] = reach
                group.addTask { [reach] in
                    do throws(AWSError) {
                        let (reach, records) = try await Self.ask(client, id, reach, place)
                        return (id, .success((reach, records, asked)))
                    } catch {
                        // A shard goes with the last of its records.
                        if isOld, error.code == "ResourceNotFoundException" {
                            return (id, .success((reach, ShardRecords.end, asked)))
                        }
                        return (id, .failure(error))
                    }
                }
            }
            for _ in 0..<Self.width { begin() }
            while let (id, outcome) = await group.next() {
                switch outcome {
                case .success(let answer):
                    take(keep(answer.reach, answer.records, of: id, until: end, now: answer.asked))
                case .failure(let error): first = first ?? error
                }
                begin()
            }
        }
        if let first { throw first }
    }

    /// A child goes on where its parents ended.
    private func inherit(_ reach: inout Reach) {
        let ends = reach.parents.compactMap { shards[$0]?.position }
        reach.position = max(reach.position, ends.max() ?? reach.position)
    }

    /// Those that began while we were reading are read from their beginning.
    private func place(of reach: Reach) -> KinesisClient.Place {
        if case .end = place, reach.parents.contains(where: { shards[$0] != nil }) {
            return .beginning
        }
        return place
    }

    private mutating func keep(
        _ reach: Reach, _ answer: ShardRecords, of id: String, until end: Int64?, now: Int64
    ) -> Batch {
        var reach = reach
        let before = reach.position
        for record in answer.records { reach.position = max(reach.position, record.arrival) }
        if reach.position > before || answer.behind < reach.behind { progress = .now }
        reach.sequenceNumber = answer.records.last?.sequenceNumber ?? reach.sequenceNumber
        reach.iterator = answer.next
        reach.behind = min(reach.behind, answer.behind)
        reach.isAtTip = answer.behind == 0 && answer.records.isEmpty
        let isPast = end.map { reach.position >= $0 || answer.behind == 0 && now >= $0 } ?? false
        reach.isDone = answer.next == nil || isPast
        let taken = Duration.seconds(1) * (Double(answer.byteCount) / Double(Self.bytesPerSecond))
        reach.notBefore = .now + max(reach.isAtTip ? Self.restingPause : Self.pause, taken)
        for child in answer.children where shards[child.id] == nil {
            shards[child.id] = Reach(
                parents: child.parents, position: reach.position, behind: reach.behind,
                notBefore: .now + Self.pause)
        }
        shards[id] = reach
        return Batch(records: answer.records, position: before)
    }

    /// What a shard gives next, by a new iterator where the one at hand has expired.
    private static func ask(
        _ client: KinesisClient, _ id: String, _ reach: Reach, _ place: KinesisClient.Place
    ) async throws(AWSError) -> (Reach, ShardRecords) {
        var reach = reach
        do {
            try await Task.sleep(until: reach.notBefore, clock: .continuous)
        } catch {
            throw .transport(.cancelled)
        }
        var renewals = 0
        while true {
            let iterator: String
            if let known = reach.iterator {
                iterator = known
            } else {
                let place = reach.sequenceNumber.map { .behind(sequenceNumber: $0) } ?? place
                iterator = try await client.iterator(of: id, at: place)
            }
            do throws(AWSError) {
                return (reach, try await client.records(at: iterator, limit: batch))
            } catch {
                // Where no record has come yet, the end of the stream is another by now.
                guard error.code == expired, renewals < 3,
                    place != .end || reach.sequenceNumber != nil
                else { throw error }
                renewals += 1
                reach.iterator = nil
            }
        }
    }
}
