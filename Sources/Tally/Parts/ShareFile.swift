import Digest

/// What one machine has made of a share of a slot: a file of uses or of tags, found whole.
struct ShareFile: Sendable {
    /// What it says of itself.
    struct Header: Codable, Hashable, Sendable {
        /// Tells the parts that it was made of, whoever made it.
        var parts: String
        /// Of a shape such as `3/16`.
        var share: String
        /// Whether deletions undid nothing.
        var keepsDeleted: Bool
        /// Of uses: what the share's posts come to. Of tags: what all posts do.
        var counts: ResolvedCounts
        /// Of tags: the distinct authors that the share has.
        var accounts = 0
        /// Bits of a hash, if they are not 64.
        var width: Int?

        var isWide: Bool { width == PartWidth.wide.rawValue }

        /// By which hashtags are divided. The parts hold salted hashes, so nobody else can tell which hashtags meet in one
        /// partition.
        var salt: (UInt64, UInt64) {
            func number(_ digits: Substring) -> UInt64 {
                UInt64(digits, radix: 16)?.byteSwapped ?? 0
            }
            return (number(parts.prefix(16)), number(parts.dropFirst(16).prefix(16)))
        }
    }

    let file: BlockFile
    let kind: PartFormat.Kind
    let header: Header
    let share: PartShare

    init(_ path: String, _ kind: PartFormat.Kind) throws(TallyError) {
        self.kind = kind
        do throws(PartError) {
            file = try BlockFile(path, kind)
            header = try file.header(as: Header.self) {
                $0.counts.isSound && (0...1 << 48).contains($0.accounts)
            }
            guard let share = PartShare(header.share) else {
                throw .unfit(path: path, reason: "share \(header.share)")
            }
            self.share = share
        } catch {
            throw .part(error)
        }
    }

    /// Every share of one slot, once, in order.
    static func all(
        _ paths: [String], _ kind: PartFormat.Kind
    ) throws(TallyError) -> [ShareFile] {
        var shares: [Int: ShareFile] = [:]
        var first: ShareFile?
        for path in paths {
            let file = try ShareFile(path, kind)
            let expected = first ?? file
            first = expected
            guard file.header.parts == expected.header.parts else {
                throw .part(.otherParts(path: path, made: kind.command))
            }
            guard file.share.count == expected.share.count,
                file.header.keepsDeleted == expected.header.keepsDeleted
            else {
                throw .part(
                    .otherShares(path: path, other: expected.file.path, made: kind.command))
            }
            shares[file.share.number] = file
        }
        guard let first else { return [] }
        let missing = (1...first.share.count).filter { shares[$0] == nil }
        guard missing.isEmpty else {
            throw .part(
                .missingShares(
                    missing.map { "\($0)/\(first.share.count)" }, made: kind.command))
        }
        return shares.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Where a share is written, in a folder.
    static func path(of share: PartShare, _ kind: PartFormat.Kind, in folder: String) -> String {
        "\(folder)/\(share.number)-of-\(share.count).\(kind.rawValue)"
    }

    /// The log that its sections are.
    func log(of sections: Range<Int>) -> SpillLog {
        SpillLog(file.runs(of: sections), read: bytes)
    }

    private func bytes(of run: SpillLog.Run) throws(TallyError) -> [UInt8] {
        let bytes = try file.unpacked(run.place)
        do throws(PartError) {
            var reader = CheckedReader(bytes, path: file.path)
            let section = file.blocks[run.place].section
            let authors = PartFormat.Section.authors
            let place = CheckedReader.Place(partition: section, salt: header.salt)
            while !reader.isAtEnd {
                if kind == .tags {
                    try reader.tag(in: place)
                } else if authors.contains(section) {
                    try reader.author(
                        in: section - authors.lowerBound, isWide: header.isWide)
                } else {
                    try reader.use(in: place, isWide: header.isWide)
                }
            }
        } catch {
            throw .part(error)
        }
        return bytes
    }
}
