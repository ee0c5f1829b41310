import Support

@testable import Decode

/// Lends the text as a string on simdjson's tape would be lent.
func withJSONText<Result>(_ text: String, _ body: (JSONText) -> Result) -> Result {
    bytes(text).withUnsafeBufferPointer {
        body(JSONText(start: $0.baseAddress ?? UnsafePointer(bitPattern: 1)!, count: $0.count))
    }
}
