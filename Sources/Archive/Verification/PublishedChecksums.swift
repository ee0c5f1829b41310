import Digest
import Files
import Text

/// The lists of checksums in a published copy, `sha256sums-2026-11.txt`: every file that is there is as they say.
struct PublishedChecksums {
    let folder: String

    var findings: [Finding] {
        let names = ((try? Folder.entries(of: folder)) ?? nil)?.map(\.name) ?? []
        return names.filter { $0.hasPrefix("sha256sums-") && $0.hasSuffix(".txt") }.sorted()
            .flatMap { findings(of: "\(folder)/\($0)") }
    }

    private func findings(of list: String) -> [Finding] {
        guard let bytes = try? WholeFile.read(list) else { return [] }
        var found: [Finding] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            func report(_ sentence: String) {
                found.append(Finding(.checksum, list, line: number + 1, sentence))
            }
            let path = String(decoding: line.dropFirst(66), as: UTF8.self)
            guard line.count > 66, let digest = SHA256(hex: line.prefix(64)),
                !path.hasPrefix("/"), !path.split(separator: "/").contains("..")
            else {
                report("the line is no checksum")
                continue
            }
            // Whoever fetched some of the files has some of them.
            guard let file = (try? WholeFile.readIfPresent("\(folder)/\(path)")) ?? nil,
                SHA256(of: file) != digest
            else { continue }
            report("\(path) is not the file that was published")
        }
        return found
    }
}
