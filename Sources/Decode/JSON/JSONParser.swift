import CSIMDJSON

/// Owns a simdjson parser. One thread at a time; a value it returned ends with the next `parse`.
public final class JSONParser {
    /// Bytes that must be readable behind a text.
    public static let padding = tidemark_json_padding
    /// The longest text in bytes, 4 MiB; longer ones are refused.
    static let longestText = 4 << 20

    private let parser: OpaquePointer
    /// A second text parsed while the first is in use, as Mastodon's envelopes need.
    private lazy var inner = JSONParser()

    public init() {
        guard let parser = tidemark_json_parser_new(Self.longestText) else {
            // Swift's own allocations trap when memory is short; so does this one.
            preconditionFailure("out of memory")
        }
        self.parser = parser
    }

    deinit { tidemark_json_parser_free(parser) }

    /// The value of one JSON text, or nil if it is none. `padding` readable bytes follow the text.
    public func parse(_ text: UnsafeBufferPointer<UInt8>) -> JSONValue? {
        parse(text, mends: 2)
    }

    /// simdjson refuses two things that JSON allows; each mend takes out all of one kind.
    private func parse(_ text: UnsafeBufferPointer<UInt8>, mends: Int) -> JSONValue? {
        guard let start = text.baseAddress else { return nil }
        var tape = tidemark_json_tape()
        let error = tidemark_json_parse(parser, start, text.count, &tape)
        if error == 0, let words = tape.words, let strings = tape.strings {
            return JSONValue(words: words, strings: strings, index: 1)
        }
        guard mends > 0, let mended = mended(text, error) else { return nil }
        return mended.withUnsafeBufferPointer {
            parse(UnsafeBufferPointer(rebasing: $0.dropLast(Self.padding)), mends: mends - 1)
        }
    }

    private func mended(
        _ text: UnsafeBufferPointer<UInt8>, _ error: tidemark_json_error
    ) -> [UInt8]? {
        if error == tidemark_json_string_error { return LoneSurrogates.replaced(in: text) }
        return tidemark_json_is_number_error(error) ? OutsizeNumbers.replaced(in: text) : nil
    }

    /// The value of a JSON text inside a string of the value this parser returned last.
    func parse(nested text: JSONText) -> JSONValue? {
        let padded = [UInt8](unsafeUninitializedCapacity: text.bytes.count + Self.padding) {
            buffer, count in
            _ = buffer.update(fromContentsOf: text.bytes)
            buffer[text.bytes.count...].initialize(repeating: 0)
            count = buffer.count
        }
        return padded.withUnsafeBufferPointer {
            inner.parse(UnsafeBufferPointer(rebasing: $0[..<text.bytes.count]))
        }
    }
}
