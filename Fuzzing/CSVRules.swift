@testable import Archive
@testable import Decode

/// What is written is read back, and what is read covers every byte once.
enum CSVRules {
    static func check(_ input: inout FuzzInput) throws {
        try checkReading(Array(input.bytes))
        // 0xFF, which is in no text, ends a cell; 0xFE a line.
        let lines = input.bytes.split(separator: 0xFE, omittingEmptySubsequences: false).map {
            $0.split(separator: 0xFF, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }
        var encoder = CSVEncoder()
        for cells in lines {
            for cell in cells { encoder.text(cell) }
            encoder.endLine()
        }
        var decoder = CSVDecoder(encoder.bytes)
        for cells in lines {
            let found = decoder.next()?.map { Array(FormulaGuard.removed(from: $0)) }
            try requireEqual(found, cells.map { Array($0.utf8) }, "read, and written")
        }
        try require(decoder.next() == nil, "more lines than were written")
    }

    private static func checkReading(_ bytes: [UInt8]) throws {
        var decoder = CSVDecoder(bytes)
        var (end, line) = (0, 1)
        while let record = decoder.next() {
            try requireEqual(record.range.lowerBound, end, "the start of a record")
            try requireEqual(record.line, line, "the line of a record")
            try require(!record.isEmpty, "a record without cells")
            line += bytes[record.range].count { $0 == UInt8(ascii: "\n") }
            end = record.range.upperBound
        }
        try requireEqual(end, bytes.count, "the end of the last record")
    }
}
