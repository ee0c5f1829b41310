import Calendar
import Digest
import Glibc

@testable import Tally

/// A part, whatever is in it, is refused or counted; what is counted is counted the same again.
///
/// The first byte says what the rest is: a whole file, or blocks that are signed as they should be, so that what is in
/// them is looked at: those of a part, or of what parts are made into, of ids of 64 or 128 bits.
enum PartRules {
    static func check(_ input: inout FuzzInput) throws { _ = try tags(of: &input) }

    /// The same; returns how many hashtags were counted, of a part or of what parts are made into, or nil if it was refused.
    static func tags(of input: inout FuzzInput) throws -> Int? {
        let path = "/tmp/tidemark-fuzz-\(getpid())-\(UInt64.random(in: .min ... .max)).part"
        defer { unlink(path) }
        let form = input.decision()
        let kind = PartFormat.Kind.allCases[form % PartFormat.Kind.allCases.count]
        try write(
            form == 0 ? Array(input.bytes) : signed(&input, as: kind, Self.widths[form / 3 % 2]),
            to: path)
        let made = (try? SlotUses([path]))
            .flatMap { try? $0.writeTags(of: .whole, in: path + ".made", workers: 1) }
        let rules = CountingRules()
        if let made {
            defer {
                unlink(made)
                rmdir(path + ".made")
            }
            return try SlotTags([made]).tally(by: rules, keeping: 10).tagCount
        }
        if let counts = try? SlotTags([path]).tally(by: rules, keeping: 10) {
            return counts.tagCount
        }
        guard let set = try? PartSet([path], rules: rules, tables: "15") else { return nil }
        guard let counts = try? set.tally(keeping: 10, workers: 1) else { return nil }
        let again = try set.tally(keeping: 10, workers: 2)
        try requireEqual(counts.tags, again.tags, "hashtags of a part")
        try requireEqual(counts.read, again.read, "counts of a part")
        let twice = try PartSet([path, path], rules: rules, tables: "15")
        try requireEqual(twice.parts.count, 1, "parts that are there twice")
        return counts.tagCount
    }

    private static let widths: [PartWidth] = [.narrow, .wide]

    /// A part of blocks: two bytes for the section, two for the length, and the bytes.
    private static func signed(
        _ input: inout FuzzInput, as kind: PartFormat.Kind, _ width: PartWidth
    ) throws -> [UInt8] {
        guard let secret = PartSecret(Array("a secret of many bytes".utf8)) else { return [] }
        let slot = Schedule.everySixHours.slot(
            containing: Timestamp(secondsSinceEpoch: 1_795_000_000))
        let header = PartHeader(
            slot: slot, source: "x", name: "x", order: 0, span: nil, format: .v1, grammar: .twitter,
            rules: CountingRules(), tables: "15", secret: secret, width: width)
        var share = ShareFile.Header(
            parts: "", share: "1/1", keepsDeleted: false, counts: ResolvedCounts())
        share.width = width == .wide ? width.rawValue : nil
        let head =
            (kind == .part
                ? PartFormat.head(of: header) : PartFormat.head(of: share, kind)) ?? []
        var (bytes, foot) = (head, [UInt8]())
        var count = 0
        while !input.bytes.isEmpty {
            let section = input.decision() | (input.decision() & 1) << 8
            let block = Array(input.take(input.decision() | input.decision() << 8))
            guard !block.isEmpty, let packed = PartFormat.pack(block) else { continue }
            bytes += packed
            PartFormat.Block(of: block, packed: packed, in: section).write(to: &foot)
            count += 1
        }
        foot.append(number: UInt32(count))
        return bytes + foot + SHA256(of: head + foot).bytes
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "w") else {
            throw BrokenRule(description: "no temporary file")
        }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}
