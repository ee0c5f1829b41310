import AWS
import Digest
import FoundationEssentials

/// What sync keeps on this machine between runs, in a folder beside the site; all of it may be lost.
struct LocalState: Sendable {
    /// Nil to keep nothing.
    let folder: String?

    /// The name of this machine and folder: a run of the same owner that left its mark in the bucket
    /// is dead, since two of them would not get the lock of the folder.
    func owner() -> String {
        if let bytes = read("owner"), let name = String(validating: bytes, as: UTF8.self),
            name.utf8.count == 32, name.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x7A })
        {
            return name
        }
        let halves = (0..<2).map { _ in UInt64.random(in: 0...UInt64.max) }
        let name = halves.map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
        write(Array(name.utf8), to: "owner")
        return name
    }

    /// The base of the manifest as it was last seen, if it is that one.
    func base(_ base: ManifestLayer.Base) -> [UInt8]? {
        guard let bytes = read("manifest-base"), SHA256(of: bytes).hex == base.sha256 else {
            return nil
        }
        return bytes
    }

    func keep(base bytes: [UInt8]) { write(bytes, to: "manifest-base") }

    private func read(_ name: String) -> [UInt8]? {
        guard let folder, let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
        else { return nil }
        return [UInt8](data)
    }

    /// Not to be able to costs a request at the next run, and no more.
    private func write(_ bytes: [UInt8], to name: String) {
        guard let folder else { return }
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try? Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"), options: .atomic)
    }
}
