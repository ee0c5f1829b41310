@testable import Sync

/// A manifest that can be read is written as one that reads the same.
enum ManifestRules {
    static func check(_ input: inout FuzzInput) throws {
        guard let layer = try? ManifestFile.decode(Array(input.bytes)) else { return }
        let written = ManifestFile.encode(layer)
        let read: ManifestLayer
        do {
            read = try ManifestFile.decode(written)
        } catch {
            throw BrokenRule(description: "a manifest that cannot be read back: \(error)")
        }
        try requireEqual(read, layer, "a manifest read, and read again")
        try requireEqual(ManifestFile.encode(read), written, "a manifest's bytes")
    }
}
