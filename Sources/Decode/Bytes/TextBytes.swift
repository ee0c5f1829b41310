/// The bytes of a text in UTF-8, converted from UTF-16 if a byte order mark begins it.
///
/// UTF-16 without a mark, and UTF-32, are refused: read as UTF-8 they would be nothing but damage.
struct TextBytes: ByteReader {
    private enum Encoding {
        case utf8, littleEndian, bigEndian
    }

    private var bytes: any ByteReader
    /// For errors.
    private let path: String
    /// Nil before the first bytes.
    private var encoding: Encoding?
    /// Bytes of UTF-16 that make no whole scalar yet.
    private var unconverted: [UInt8] = []
    private var converted: ArraySlice<UInt8> = []

    init(of bytes: any ByteReader, path: String) { (self.bytes, self.path) = (bytes, path) }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        if encoding == nil { try readStart() }
        while converted.isEmpty {
            let count = try bytes.read(into: buffer)
            if encoding == .utf8 { return count }
            convert(unconverted + buffer[..<count], isLast: count == 0)
            if count == 0, converted.isEmpty { return 0 }
        }
        let count = min(converted.count, buffer.count)
        buffer.copyBytes(from: converted.prefix(count))
        converted = converted.dropFirst(count)
        return count
    }

    /// Reads the first four bytes, or all if there are fewer, and tells the encoding by them.
    private mutating func readStart() throws(DecodeError) {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
        defer { room.deallocate() }
        var count = 0
        while count < room.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: room[count...])
            let got = try bytes.read(into: rest)
            if got == 0 { break }
            count += got
        }
        let start = Array(room[..<count])
        let zeros = start.map { $0 == 0 }
        if start == [0xFF, 0xFE, 0, 0] || start == [0, 0, 0xFE, 0xFF]
            || zeros == [false, true, true, true] || zeros == [true, true, true, false]
        {
            throw .encoding(path: path, name: "UTF-32")
        }
        if zeros == [false, true, false, true] || zeros == [true, false, true, false] {
            throw .encoding(path: path, name: "UTF-16 without a byte order mark")
        }
        switch start.prefix(2) {
        case [0xFF, 0xFE]: encoding = .littleEndian
        case [0xFE, 0xFF]: encoding = .bigEndian
        default:
            (encoding, converted) = (.utf8, start[...])
            return
        }
        convert(Array(start[2...]), isLast: false)
    }

    private mutating func convert(_ chunk: [UInt8], isLast: Bool) {
        var units: [UInt16] = []
        units.reserveCapacity(chunk.count / 2)
        for index in stride(from: 0, to: chunk.count - 1, by: 2) {
            let (first, second) = (UInt16(chunk[index]), UInt16(chunk[index + 1]))
            units.append(
                encoding == .bigEndian ? first << 8 | second : second << 8 | first)
        }
        var kept = chunk.count & 1
        if let last = units.last, UTF16.isLeadSurrogate(last), !isLast {
            units.removeLast()
            kept += 2
        }
        unconverted = isLast ? [] : Array(chunk.suffix(kept))
        converted = Array(String(decoding: units, as: UTF16.self).utf8)[...]
        if isLast, kept == 1 { converted += "\u{FFFD}".utf8 }
    }
}
