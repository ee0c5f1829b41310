import Support

@testable import Decode

/// Lends the value of a JSON text; nil if it is none.
func withJSON<Result>(_ text: String, _ body: (JSONValue?) -> Result) -> Result {
    withJSON(bytes(text), body)
}

func withJSON<Result>(_ text: [UInt8], _ body: (JSONValue?) -> Result) -> Result {
    let padded = text + [UInt8](repeating: 0, count: JSONParser.padding)
    let parser = JSONParser()
    return withExtendedLifetime(parser) {
        padded.withUnsafeBufferPointer {
            body(parser.parse(UnsafeBufferPointer(rebasing: $0[..<text.count])))
        }
    }
}
