import Archive

/// What all shares of a slot's hashtags were counted to.
struct SlotTags: Sendable {
    private let files: [ShareFile]

    init(_ paths: [String]) throws(TallyError) { files = try ShareFile.all(paths, .tags) }

    /// Throws unless they were made of these parts, by the same rules.
    func require(_ parts: PartSet) throws(TallyError) {
        guard let first = files.first else { return }
        guard first.header.parts == parts.identity.hex else {
            throw .part(.otherParts(path: first.file.path, made: "tidemark part posts"))
        }
        guard first.header.keepsDeleted == parts.rules.keepDeleted else {
            throw .part(.keepsDeleted(path: first.file.path, its: first.header.keepsDeleted))
        }
    }

    /// The counts by the rules of lists, with the best `limit` tags; of what was read, what the posts come to.
    func tally(by rules: CountingRules, keeping limit: Int) throws(TallyError) -> Counts {
        var tally = Counts()
        tally.sample = rules.sample
        guard let first = files.first else { return tally }
        let resolved = first.header.counts
        tally.read = resolved.read ?? ReadCounts()
        (tally.posts, tally.tagged) = (resolved.posts, resolved.tagged)
        tally.accounts = files.reduce(0) { $0 + $1.header.accounts }
        var tags = TagPass(rules: rules, limit: limit)
        for file in files {
            let log = file.log(of: 0..<SpillLog.partitionCount)
            for partition in file.share.partitions {
                try log.read(partition) { bytes throws(TallyError) in
                    var reader = RawReader(bytes)
                    while !reader.isAtEnd { tags.add(TagCount(from: &reader)) }
                }
            }
        }
        tags.give(to: &tally)
        return tally
    }
}
