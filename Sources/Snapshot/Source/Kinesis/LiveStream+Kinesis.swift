import AWS
import Transport

extension LiveStream {
    /// What arrives in a stream of Kinesis from now on, each record as a line.
    static func kinesis(
        _ client: @escaping @Sendable () throws(AWSError) -> KinesisClient
    ) -> LiveStream {
        LiveStream(
            open: { _ throws(LiveFailure) in
                let tail: StreamTail
                do throws(AWSError) {
                    tail = StreamTail(
                        try await ShardReading(of: client(), from: .end, retention: .max / 1000))
                    // What was there before is not of this window, and the places behind it are known now.
                    try await tail.begin()
                } catch {
                    throw LiveFailure(error)
                }
                return { () async throws(LiveFailure) in
                    do throws(AWSError) {
                        return try await tail.next()
                    } catch {
                        throw LiveFailure(error)
                    }
                }
            }, pauses: .standard)
    }
}

/// The end of a stream, as it grows. It is read by one task.
private actor StreamTail {
    private var reading: ShardReading
    private var lines: [UInt8] = []

    init(_ reading: ShardReading) { self.reading = reading }

    func begin() async throws(AWSError) { try await ask() }

    /// What came since the last call, at least one line; nil if the stream has ended.
    func next() async throws(AWSError) -> [UInt8]? {
        while lines.isEmpty {
            if reading.isDone { return nil }
            try await ask()
        }
        defer { lines = [] }
        return lines
    }

    private func ask() async throws(AWSError) {
        var (reading, lines) = (reading, lines)
        try await reading.round(
            until: nil, now: { 0 },
            { batch in
                for record in batch.records {
                    AggregatedRecord.forEach(in: record.bytes) {
                        lines += $0
                        lines.append(UInt8(ascii: "\n"))
                    }
                }
            })
        (self.reading, self.lines) = (reading, lines)
    }
}

extension LiveFailure {
    fileprivate init(_ error: AWSError) {
        self =
            switch error {
            case .transport(let error): LiveFailure(error)
            // Of a stream that was not asked for so long, the place is lost.
            case let error where error.isTransient || error.code == ShardReading.expired:
                .server(.service(error))
            default: .final(.service(error))
            }
    }
}
