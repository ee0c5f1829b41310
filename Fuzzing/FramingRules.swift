@testable import Decode
@testable import Snapshot

/// Records are the same wherever the chunks end, and never too long, empty, or beyond their memory.
enum FramingRules {
    private struct Kept: Equatable {
        var event: String?
        var bytes: [UInt8]?
    }

    static func check(_ input: inout FuzzInput) throws {
        let format = PostFormat.allCases[input.decision() % PostFormat.allCases.count]
        let seed = input.decision()
        // Short, so that an input of a few bytes is too long.
        let longest = 8 + input.decision() % 64
        let whole = try records([input.bytes], format, longest: longest)
        let pieces = try records(input.pieces(seed: seed), format, longest: longest)
        try requireEqual(whole, pieces, "in one piece, and in several")
        let kept = whole.reduce(0) { $0 + ($1.bytes?.count ?? 0) }
        // U+FFFD has three bytes, where an event's data are no UTF-8.
        try require(kept <= 3 * input.bytes.count, "\(kept) bytes of \(input.bytes.count)")
    }

    private static func records(
        _ chunks: [ArraySlice<UInt8>], _ format: PostFormat, longest: Int
    ) throws -> [Kept] {
        var framer = RecordFramer(format: format, longest: longest)
        let parser = JSONParser()
        var records: [Kept] = []
        var padding: UInt8 = 0
        func keep(_ record: Record) {
            records.append(Kept(event: record.event?.string, bytes: record.text.map(Array.init)))
            // The parser reads these; so does this, for the address sanitizer to see.
            for index in 0..<JSONParser.padding {
                if let text = record.text, let start = text.baseAddress {
                    padding ^= start[text.count + index]
                }
            }
        }
        for chunk in chunks.map(Optional.some) + [nil] {
            if let chunk { chunk.withUnsafeBytes { framer.take($0) } } else { framer.end() }
            while let record = framer.next() {
                if record.text.flatMap({ parser.parse($0) }) == nil, framer.reread() { continue }
                keep(record)
            }
        }
        for record in records {
            guard let bytes = record.bytes else { continue }
            try require(!bytes.isEmpty || record.event != nil, "an empty record")
            try require(bytes.count <= longest, "a record of \(bytes.count) bytes")
        }
        let most = max(2 * readSize, 2 * (longest + (chunks.map(\.count).max() ?? 0) + 64))
        try require(framer.byteCount <= most, "\(framer.byteCount) bytes of memory")
        return records
    }
}
