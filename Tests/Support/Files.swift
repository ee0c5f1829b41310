import Foundation

/// Bytes of a text. Swift's own equality of strings would take two normal forms for one.
public func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Writes a file, and the folders it stands in.
public func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
}

/// Writes a file of UTF-8, and the folders it stands in.
public func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
}

/// A file of UTF-8; empty if there is none.
public func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
}
