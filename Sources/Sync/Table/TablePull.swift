import AWS
import Archive
import Digest
import Files

/// The archive out of a table of DynamoDB, byte for byte, into a folder of this machine.
///
/// Every file is checked by the digest that the table has of it. A file that is here already stays unless the table's
/// begins with all of it; if one does not, nothing is fetched at all.
public struct TablePull: Sendable {
    private let folder: String
    private let client: TableClient

    /// - Parameter folder: the archive's.
    public init(from client: TableClient, into folder: String) {
        (self.folder, self.client) = (folder, client)
    }

    /// Throws `diverged` if the archive here holds what the table has not.
    public func run() async throws(SyncError) -> PullReport {
        let files = try await index()
        var report = PullReport(isEmpty: files.isEmpty)
        var wanted: [TableFile] = []
        var diverged: [String] = []
        for file in files {
            guard let here = try TableLayout.lines(of: file.name, in: folder) else {
                wanted.append(file)
                continue
            }
            if here.count == file.byteCount, SHA256(of: here) == file.digest {
                report.unchangedCount += 1
            } else if try await bytes(of: file).bytes.starts(with: here) {
                wanted.append(file)
            } else {
                diverged.append("\(folder)/\(file.name)")
            }
        }
        guard diverged.isEmpty else { throw .diverged(diverged) }
        for file in wanted {
            let (bytes, isWhole) = try await bytes(of: file)
            try onDisk { () throws(FileError) in
                try WholeFile.write(bytes, to: "\(folder)/\(file.name)")
            }
            report.fetchedCount += 1
            report.byteCount += bytes.count
            if !isWhole { report.unverified.append(file.name) }
        }
        return report
    }

    /// The table's files that are not as they are here, by their names in an archive; nil if it has none.
    public func differing() async throws(SyncError) -> [String: [UInt8]]? {
        let files = try await index()
        guard !files.isEmpty else { return nil }
        var found: [String: [UInt8]] = [:]
        for file in files {
            let here = try TableLayout.lines(of: file.name, in: folder)
            if let here, here.count == file.byteCount, SHA256(of: here) == file.digest { continue }
            found[file.name] = try await bytes(of: file).bytes
        }
        return found
    }

    /// Windows last: a row of theirs makes the lists of its slot count.
    private func index() async throws(SyncError) -> [TableFile] {
        let files = try await asking { () async throws(AWSError) in
            try await client.items(of: TableLayout.index)
        }.compactMap { TableFile($0) }.filter { TableLayout.isKept($0.name) }
        return files.filter { !TableLayout.isRecord($0.name) }
            + files.filter { TableLayout.isRecord($0.name) }
    }

    /// The file, and whether it is what the table says of it as a whole: not so where a push is under way, or died.
    private func bytes(
        of file: TableFile
    ) async throws(SyncError) -> (bytes: [UInt8], isWhole: Bool) {
        let items = try await asking { () async throws(AWSError) in
            try await client.items(of: file.name)
        }
        var bytes = file.header
        for lines in TableLines.all(of: items, in: file.name) {
            guard let these = lines.bytes else {
                throw .unreadable(
                    path: file.name,
                    reason: "the table has lines of it that are not what their digest says")
            }
            bytes += these
        }
        return (bytes, SHA256(of: bytes) == file.digest)
    }
}
