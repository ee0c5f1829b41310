import Digest
import Files
import FoundationEssentials
import Text

/// The lists of checksums in a published copy, `sha256sums-2026-11.txt`, and what its data package says of the files of
/// other months: every file that is there is as they say.
struct PublishedChecksums {
    let folder: String

    var findings: [Finding] {
        let names = ((try? Folder.entries(of: folder)) ?? nil)?.map(\.name) ?? []
        return names.filter { $0.hasPrefix("sha256sums-") && $0.hasSuffix(".txt") }.sorted()
            .flatMap { findings(of: "\(folder)/\($0)") } + packaged
    }

    /// Of what a data package says of files: of those of months that are not closed nothing else does.
    private struct Package: Decodable {
        struct Resource: Decodable {
            let path: String
            let hash: String?
        }
        let resources: [Resource]
    }

    private var packaged: [Finding] {
        let path = folder + "/datapackage.json"
        guard let bytes = try? WholeFile.read(path) else { return [] }
        guard let package = try? JSONDecoder().decode(Package.self, from: Data(bytes)) else {
            return [Finding(.checksum, path, "it is no data package")]
        }
        return package.resources.compactMap { file in
            guard let hash = file.hash else { return nil }
            let digest = SHA256(hex: hash.utf8.dropFirst("sha256:".utf8.count))
            guard hash.hasPrefix("sha256:"), let digest, isInside(file.path) else {
                return Finding(.checksum, path, "\(quoted(file.path)): its hash is none")
            }
            return isPublished(file.path, digest)
                ? nil : Finding(.checksum, path, changed(file.path))
        }
    }

    private func isInside(_ path: String) -> Bool {
        !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
    }

    /// Whoever fetched some of the files has some of them.
    private func isPublished(_ path: String, _ digest: SHA256) -> Bool {
        ((try? WholeFile.readIfPresent("\(folder)/\(path)")) ?? nil).map {
            SHA256(of: $0) == digest
        }
            ?? true
    }

    private func changed(_ path: String) -> String {
        "\(path) is not the file that was published"
    }

    private func findings(of list: String) -> [Finding] {
        guard let bytes = try? WholeFile.read(list) else { return [] }
        var found: [Finding] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            func report(_ sentence: String) {
                found.append(Finding(.checksum, list, line: number + 1, sentence))
            }
            let path = String(decoding: line.dropFirst(66), as: UTF8.self)
            guard line.count > 66, let digest = SHA256(hex: line.prefix(64)), isInside(path) else {
                report("the line is no checksum")
                continue
            }
            if !isPublished(path, digest) { report(changed(path)) }
        }
        return found
    }
}
