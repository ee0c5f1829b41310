/// Which fetches a broker was asked for and has not answered, by the bytes that it was sent.
struct FetchRequests {
    /// Of the request that is under way: its first bytes, and how many are still to come.
    private var header: [UInt8] = []
    private var rest = 0
    private var versions: [Int32: Int32] = [:]

    /// Length, kind, version, number: 4 + 2 + 2 + 4 bytes.
    private static let headerSize = 12
    /// Of a fetch.
    private static let kind: Int32 = 1
    /// Later ones write numbers otherwise.
    private static let known: ClosedRange<Int32> = 4...11

    mutating func take(_ bytes: ArraySlice<UInt8>) {
        var bytes = bytes
        while !bytes.isEmpty {
            let passed = min(rest, bytes.count)
            (bytes, rest) = (bytes.dropFirst(passed), rest - passed)
            let part = bytes.prefix(Self.headerSize - header.count)
            header += part
            bytes = bytes.dropFirst(part.count)
            guard header.count == Self.headerSize else { return }
            rest = max(0, Int(header[..<4].number) + 4 - Self.headerSize)
            let version = header[6..<8].number
            if header[4..<6].number == Self.kind, Self.known.contains(version) {
                versions[header[8...].number] = version
            }
            header = []
        }
    }

    /// The version of the fetch with this number, once; nil if it was another request.
    mutating func version(ofFetch number: Int32) -> Int32? { versions.removeValue(forKey: number) }
}

/// An answer to a fetch, with the beginning alone of what it has of each partition.
struct FetchCut {
    private var answer: [UInt8]
    /// Bytes that are still to be read.
    private var left: Int
    private let version: Int32
    /// Bytes of records that may still be kept.
    private var room = 3 << 20

    /// Bytes of records that are kept of one partition; its first batch is, be it as long as it may.
    private static let partitionBytes = 1 << 20
    /// Where a batch says how long it is, behind its offset: 8 + 4 bytes.
    private static let batchHead = 12

    /// - Parameters:
    ///   - head: length and number of the answer.
    ///   - left: bytes behind them.
    init(_ head: [UInt8], _ left: Int, _ version: Int32) {
        (answer, self.left, self.version) = (head, left, version)
    }

    /// Reads the answer to its end, and gives what is to be passed on.
    mutating func bytes(of gate: FetchGate) throws(FetchGate.Closed) -> [UInt8] {
        // How long to wait; then an error, and the session's number.
        try take(version >= 7 ? 10 : 4, gate)
        let topicCount = try number(gate)
        for _ in 0..<max(0, topicCount) {
            try take(2, gate)
            try take(Int(answer.suffix(2).number), gate)
            let partitionCount = try number(gate)
            for _ in 0..<max(0, partitionCount) { try takePartition(gate) }
        }
        try skip(left, gate)
        answer.replaceSubrange(..<4, with: Self.bytes(answer.count - 4))
        return answer
    }

    private mutating func takePartition(_ gate: FetchGate) throws(FetchGate.Closed) {
        // Its number, an error, the end, the end of what can be read, and the begin.
        try take(version >= 5 ? 30 : 22, gate)
        let abortedCount = try number(gate)
        try take(16 * max(0, abortedCount), gate)
        if version >= 11 { try take(4, gate) }
        let place = answer.count
        let length = max(0, try number(gate))
        guard length > Self.batchHead else { return try take(length, gate) }
        var kept = 0
        if room > 0 {
            try take(Self.batchHead, gate)
            let first = Int(answer.suffix(4).number) + Self.batchHead
            guard first > Self.batchHead else { throw FetchGate.Closed() }
            kept = min(length, max(first, min(room, Self.partitionBytes)))
            try take(kept - Self.batchHead, gate)
            room -= kept
        }
        try skip(length - kept, gate)
        answer.replaceSubrange(place..<place + 4, with: Self.bytes(kept))
    }

    private mutating func number(_ gate: FetchGate) throws(FetchGate.Closed) -> Int {
        try take(4, gate)
        return Int(answer.suffix(4).number)
    }

    private mutating func take(_ count: Int, _ gate: FetchGate) throws(FetchGate.Closed) {
        guard count >= 0, count <= left else { throw FetchGate.Closed() }
        answer += try gate.read(count)
        left -= count
    }

    private mutating func skip(_ count: Int, _ gate: FetchGate) throws(FetchGate.Closed) {
        guard count <= left else { throw FetchGate.Closed() }
        try gate.skip(count)
        left -= count
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: Int32(number).bigEndian) { Array($0) }
    }
}

extension ArraySlice<UInt8> {
    /// Of two or four bytes, the first the highest.
    var number: Int32 { reduce(0) { $0 << 8 | Int32(truncatingIfNeeded: $1) } }
}
