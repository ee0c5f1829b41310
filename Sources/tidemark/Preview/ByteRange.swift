import Text

/// What of a file a request asks for by its `Range` (RFC 9110 §14.2).
enum ByteRange: Hashable, Sendable {
    case whole
    case part(Range<Int>)
    /// None of its bytes is asked for.
    case unsatisfiable

    /// One range of bytes, `bytes=0-99`, `bytes=100-` or `bytes=-100`; of several, or of what is no range, all of the file
    /// is given, as the RFC allows.
    init(_ header: String?, of count: Int) {
        self = .whole
        guard let header, let equals = header.utf8.firstIndex(of: UInt8(ascii: "=")),
            header[..<equals].lowercased() == "bytes"
        else { return }
        let parts = header[equals...].utf8.dropFirst()
            .split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Self.number(parts[0]), let last = Self.number(parts[1])
        else { return }
        switch (first, last) {
        case (nil, nil): return
        case (nil, let length?):
            self =
                length == 0 || count == 0
                ? .unsatisfiable : .part(max(0, count - length)..<count)
        case (let first?, let last):
            guard first <= last ?? first else { return }
            self =
                first >= count
                ? .unsatisfiable : .part(first..<min(count, (last ?? count - 1) + 1))
        }
    }

    /// `.some(nil)` for no digits; nil for what is no number. More digits than those of a length are as many as fit.
    private static func number(_ text: Substring.UTF8View.SubSequence) -> Int?? {
        guard text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        if text.isEmpty { return .some(nil) }
        return .some(text.count > 15 ? 1 << 50 : Int(String(decoding: text, as: UTF8.self)))
    }
}
