/// Numbers beyond 64 bits or a double: JSON's grammar allows them, and simdjson refuses the whole text.
///
/// Nothing that is counted is such a number, so a post must not be lost for one beside it.
enum OutsizeNumbers {
    /// The text with each replaced by `null`, and padded; nil if there is none.
    static func replaced(in text: some RandomAccessCollection<UInt8>) -> [UInt8]? {
        var mended: [UInt8] = []
        var found = false
        var isInString = false
        var rest = text[...]
        while let byte = rest.first {
            if !isInString, isNumberPart(byte) {
                let number = rest.prefix(while: isNumberPart)
                found = found || isOutsize(number)
                mended += isOutsize(number) ? Array("null".utf8) : Array(number)
                rest = rest.dropFirst(number.count)
                continue
            }
            let taken = isInString && byte == UInt8(ascii: "\\") ? rest.prefix(2) : rest.prefix(1)
            if byte == UInt8(ascii: "\"") { isInString.toggle() }
            mended += taken
            rest = rest.dropFirst(taken.count)
        }
        guard found else { return nil }
        mended.append(contentsOf: repeatElement(0, count: JSONParser.padding))
        return mended
    }

    private static func isNumberPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// Whether these bytes are a number as JSON writes them, and too large.
    private static func isOutsize(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = bytes[...]
        func skipDigits() -> Int {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            rest = rest.dropFirst(digits)
            return digits
        }
        func skip(_ accepted: UInt8...) -> Bool {
            guard let first = rest.first, accepted.contains(first) else { return false }
            rest.removeFirst()
            return true
        }
        _ = skip(UInt8(ascii: "-"))
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let digits = skipDigits()
        guard digits > 0, digits == 1 || !startsWithZero else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        if rest.isEmpty { return UInt64(text) == nil && Int64(text) == nil }
        if skip(UInt8(ascii: ".")), skipDigits() == 0 { return false }
        if skip(UInt8(ascii: "e"), UInt8(ascii: "E")) {
            _ = skip(UInt8(ascii: "+"), UInt8(ascii: "-"))
            if skipDigits() == 0 { return false }
        }
        return rest.isEmpty && Double(text).map(\.isFinite) != true
    }
}
