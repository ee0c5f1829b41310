import Foundation
import Support

@testable import Decode

/// All that a file holds.
struct RecordedParts: Equatable {
    var parts: [String: [UInt8]] = [:]
    /// In their order, those that are no text without their content.
    var names: [String] = []

    /// - Parameter pieces: how many bytes are asked for at a time.
    init(_ path: String, pieces: Int = 1000) throws(DecodeError) {
        var recorded = try RecordedBytes(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieces, alignment: 1)
        defer { buffer.deallocate() }
        while var part = try recorded.next() {
            let name = String(part.path.dropFirst(path.count))
            names.append(part.isText ? name : "no text" + name)
            guard part.isText else { continue }
            var found: [UInt8] = []
            while true {
                let count = try part.bytes.read(into: buffer)
                if count == 0 { break }
                found += buffer[..<count]
            }
            parts[name] = found
        }
    }

    /// What stands in a file that is no archive.
    var all: [UInt8]? { parts[""] }
}

/// A file with that content, gone when the body returns or throws.
@discardableResult
func withFile<Result>(
    _ content: [UInt8], _ body: (String) throws -> Result
) async throws -> Result {
    try await withTemporaryFolder { folder in
        try Data(content).write(to: URL(fileURLWithPath: folder + "/posts"))
        return try body(folder + "/posts")
    }
}
