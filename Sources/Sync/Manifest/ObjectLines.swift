import Text

/// The objects of a manifest's file as `ManifestFile.encode` writes them, one a line, read without JSON's decoder: each
/// publish reads all of them, and a site of ten years has tens of thousands.
struct ObjectLines {
    private(set) var objects: [ManifestFile.Object] = []
    /// The file without them.
    private(set) var rest: [UInt8]
    private let bytes: [UInt8]
    private var place: Int

    /// Nil if the file is of another form, or holds an escape: then the decoder reads all of it.
    init?(_ bytes: [UInt8]) {
        guard let opening = bytes.firstRange(of: Array("\n\"objects\":[".utf8)) else { return nil }
        (self.bytes, place, rest) = (bytes, opening.upperBound, [])
        if !takes("]") {
            repeat {
                guard takes("\n"), let object = object() else { return nil }
                objects.append(object)
            } while takes(",")
            guard takes("]") else { return nil }
        }
        rest = Array(bytes[..<opening.upperBound] + bytes[(place - 1)...])
    }

    /// Of one line; nil if it is of another form.
    static func object(_ line: ArraySlice<UInt8>) -> ManifestFile.Object? {
        var lines = ObjectLines(line: Array(line))
        return lines.object()
    }

    private init(line: [UInt8]) { (bytes, place, objects, rest) = (line, 0, [], []) }

    private mutating func object() -> ManifestFile.Object? {
        guard takes("["), let path = string(), takes(","), let content = string(), takes(","),
            let byteCount = number(), takes(","), let kind = number()
        else { return nil }
        var object = ManifestFile.Object(
            path: path, content: content, byteCount: byteCount, kind: kind)
        if takes(",") {
            if takes("n") {
                guard takes("u"), takes("l"), takes("l") else { return nil }
            } else {
                guard let count = number() else { return nil }
                object.rowCount = count
            }
            if takes(",") {
                guard let etag = string() else { return nil }
                object.etag = etag
            }
        }
        return takes("]") ? object : nil
    }

    private mutating func takes(_ scalar: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: scalar) else { return false }
        place += 1
        return true
    }

    /// What stands in quotes and for itself.
    private mutating func string() -> String? {
        guard takes("\"") else { return nil }
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            guard bytes[place] >= 0x20, bytes[place] != UInt8(ascii: "\\") else { return nil }
            place += 1
        }
        let text = String(validating: bytes[start..<place], as: UTF8.self)
        return takes("\"") ? text : nil
    }

    private mutating func number() -> Int? {
        let start = place
        while place < bytes.count, bytes[place].isASCIIDigit { place += 1 }
        // JSON has no zeros before a number.
        guard place - start == 1 || place > start && bytes[start] != UInt8(ascii: "0") else {
            return nil
        }
        return decimal(bytes.span.extracting(start..<place))
    }
}
