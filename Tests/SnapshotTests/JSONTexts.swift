@testable import Snapshot

/// Bytes of a text. Swift's own equality of strings would take two normal forms for one.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Lends the text as a string on simdjson's tape would be lent.
func withJSONText<Result>(_ text: String, _ body: (JSONText) -> Result) -> Result {
    bytes(text).withUnsafeBufferPointer {
        body(JSONText(start: $0.baseAddress ?? UnsafePointer(bitPattern: 1)!, count: $0.count))
    }
}
