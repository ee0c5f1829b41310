import Digest

extension PartSet {
    /// Tells these parts from all others, whatever they are called.
    var identity: SHA256 { SHA256(of: parts.flatMap(\.identity.bytes)) }

    /// Works out a share of the posts: which count, who wrote them, and with which hashtags. What
    /// `tidemark part posts` does; returns where the file is that it leaves in the folder.
    public func writeUses(
        of share: PartShare, in folder: String, workers: Int
    ) throws -> String {
        var header = ShareFile.Header(
            parts: identity.hex, share: share.description, keepsDeleted: rules.keepDeleted,
            counts: ResolvedCounts())
        let resolution = resolution(workers: workers)
        header.width = resolution.isWide ? PartWidth.wide.rawValue : nil
        let passes = try resolution.posts(
            in: share.partitions, salt: header.salt)
        for pass in passes {
            header.counts.add(ResolvedCounts(posts: pass.posts, tagged: pass.tagged, pass.read))
        }
        let path = ShareFile.path(of: share, .uses, in: folder)
        var writing = try BlockWriting(header, .uses, to: path)
        try writing.begin()
        for partition in 0..<SpillLog.partitionCount {
            try writing.append(partition, of: passes.map(\.uses), to: partition)
        }
        for partition in 0..<SpillLog.partitionCount {
            var block: [UInt8] = []
            _ = try DistinctPeople.count(
                partition, of: passes.map(\.authors), isWide: resolution.isWide
            ) { head, tail in
                block.append(number: head)
                if resolution.isWide { block.append(number: tail) }
            }
            try writing.append(block, to: PartFormat.Section.authors.lowerBound + partition)
        }
        _ = try writing.finish(replacing: true)
        return path
    }
}

/// The uses of all shares of a slot's posts.
public struct SlotUses: Sendable {
    private let files: [ShareFile]

    /// - Parameter paths: of what `PartSet.writeUses` left, in any order; all shares of one division.
    public init(_ paths: [String]) throws(TallyError) { files = try ShareFile.all(paths, .uses) }

    /// Counts a share of the hashtags and of the people: what `tidemark part tags` does; returns where the file is.
    public func writeTags(
        of share: PartShare, in folder: String, workers: Int
    ) throws -> String {
        guard let first = files.first else { return folder }
        let uses = files.map { $0.log(of: 0..<SpillLog.partitionCount) }
        let authors = files.map { $0.log(of: PartFormat.Section.authors) }
        let partitions = share.partitions
        var header = first.header
        header.share = share.description
        header.counts = files.reduce(into: ResolvedCounts()) { $0.add($1.header.counts) }
        header.accounts = try Partitions.each(partitions, workers: workers, 0) { count, partition in
            count += try DistinctPeople.count(
                partition, of: authors, isWide: first.header.isWide)
        }.reduce(0, +)
        let tags = try Partitions.each(
            partitions, workers: workers,
            (log: SpillLog(byteBudget: LedgerResolution.byteBudget / workers), counts: KeyCounts())
        ) { worker, partition in
            try worker.counts.count(partition, of: uses)
            for tag in worker.counts.tags { worker.log.append(to: partition, tag.write) }
        }
        let path = ShareFile.path(of: share, .tags, in: folder)
        var writing = try BlockWriting(header, .tags, to: path)
        try writing.begin()
        for partition in partitions {
            try writing.append(partition, of: tags.map(\.log), to: partition)
        }
        _ = try writing.finish(replacing: true)
        return path
    }
}

extension TagCount {
    /// Appends it as a file of tags has it: key and spelling, counted, and two numbers of eight bytes.
    fileprivate func write(to bytes: inout [UInt8]) {
        for text in [key, spelling] {
            Array(text.utf8).withUnsafeBytes { bytes.append(counted: $0) }
        }
        bytes.append(number: posts)
        bytes.append(number: accounts)
    }

    /// Reads what `write` wrote.
    init(from reader: inout RawReader) {
        let key = String(decoding: reader.counted(), as: UTF8.self)
        self.init(
            key: key, spelling: String(decoding: reader.counted(), as: UTF8.self),
            posts: reader.number(), accounts: reader.number())
    }
}
