import Hashtags
import Support
import Testing

@testable import Decode
@testable import Tally

/// The bytes are those of docs/data.md: other machines read them.
@Suite("LedgerEntry")
struct LedgerEntryTests {
    private func counted(_ text: String) -> [UInt8] { [UInt8(text.utf8.count), 0] + text.utf8 }

    @Test func `An entry lies in 48 bytes of little-endian numbers, its tags behind them`() throws {
        var entry = LedgerEntry(post: 0x0102_0304_0506_0708)
        (entry.version, entry.order, entry.author, entry.time) = (1, 2, 3, -1)
        (entry.isRanked, entry.isEdit, entry.languages) = (true, true, 5)
        entry.dropReason = .sensitive
        var tags: [UInt8] = []
        bytes("tide").withUnsafeBytes { key in
            bytes("Tide").withUnsafeBytes { spelling in
                LedgerEntry.encode(.counts(key: key, spelling: spelling), to: &tags)
            }
        }
        LedgerEntry.encode(.dropped(.digits), to: &tags)
        var written: [UInt8] = []
        tags.withUnsafeBytes { entry.write(to: &written, tags: $0) }
        let number: (UInt8) -> [UInt8] = { [$0, 0, 0, 0, 0, 0, 0, 0] }
        let fixed =
            [8, 7, 6, 5, 4, 3, 2, 1] + number(1) + number(2) + number(3)
            + [UInt8](repeating: 255, count: 8) + [14, 0, 0, 0, 5, 0, 1 + 240, 4]
        #expect(written == fixed + [255] + counted("tide") + counted("Tide") + [4])

        try written.withUnsafeBytes { bytes in
            var reader = RawReader(bytes)
            let read = try LedgerEntry(from: &reader)
            #expect(reader.isAtEnd)
            #expect((read.post, read.version, read.order) == (entry.post, 1, 2))
            #expect((read.author, read.time, read.languages) == (3, -1, 5))
            #expect((read.isRanked, read.isEdit, read.isDeletion) == (true, true, false))
            #expect(read.dropReason == .sensitive)
        }
    }

    @Test func `An address stands behind the tags, as 254, address and title`() throws {
        var items: [UInt8] = []
        bytes("https://a.example/").withUnsafeBytes { address in
            bytes("One").withUnsafeBytes { title in
                LedgerEntry.encode(.dropped(.empty), to: &items)
                LedgerEntry.encode(.link(address: address, title: title), to: &items)
            }
        }
        #expect(items == [1, 254] + counted("https://a.example/") + counted("One"))
        var written: [UInt8] = []
        items.withUnsafeBytes { LedgerEntry(post: 0).write(to: &written, tags: $0) }
        var found: [String] = []
        try written.withUnsafeBytes { bytes in
            var reader = RawReader(bytes)
            try LedgerEntry(from: &reader).forEachItem(in: bytes) { item in
                guard case .link(let address, let title) = item else { return }
                found = [address, title].map { String(decoding: $0, as: UTF8.self) }
            }
        }
        #expect(found == ["https://a.example/", "One"])
    }

    @Test func `A deletion is kind 2, without author, time or reason`() {
        var entry = LedgerEntry(post: 0)
        entry.isDeletion = true
        entry.version = .max
        var written: [UInt8] = []
        entry.write(to: &written, tags: UnsafeRawBufferPointer(start: nil, count: 0))
        let none = [UInt8](repeating: 0, count: 8)
        #expect(
            written == none + [UInt8](repeating: 255, count: 8) + none + none + none
                + [0, 0, 0, 0, 0, 0, 2, 0])
    }

    @Test func `The numbers of reasons stay what they are`() {
        let tags: [TagDropReason] = [.empty, .tooLong, .controlOrHash, .digits, .cashtag]
        let posts: [PostDropReason] = [.repost, .language, .maxTags, .sensitive, .bot]
        #expect(Array(TagDropReason.allCases.prefix(5)) == tags)
        #expect(Array(PostDropReason.allCases.prefix(5)) == posts)
    }

    @Test(arguments: [(46, 0), (46, 15), (48, 6), (48, 200)])
    func `An entry of a kind that is not known is refused`(place: Int, kind: UInt8) throws {
        var written: [UInt8] = []
        let tags: [UInt8] = [1]
        tags.withUnsafeBytes { LedgerEntry(post: 0).write(to: &written, tags: $0) }
        written[place] = kind
        written.withUnsafeBytes { bytes in
            _ = #expect(throws: TallyError.unknownEntry(kind: kind)) {
                var reader = RawReader(bytes)
                try LedgerEntry(from: &reader).forEachItem(in: bytes) { _ in }
            }
        }
    }

    @Test func `A ledger and its copy go on apart, on one file`() throws {
        var ledger = PostLedger(rules: CountingRules(), byteBudget: 100)
        var post = Post()
        func add(_ ids: Range<UInt64>, to ledger: inout PostLedger) {
            for id in ids {
                (post.id, post.tags) = (id, ["tide"])
                ledger.record(.post(post))
            }
        }
        add(0..<50, to: &ledger)
        var copy = ledger
        for id in UInt64(50)..<100 {
            add(id..<id + 1, to: &ledger)
            add(id + 100..<id + 101, to: &copy)
        }
        add(200..<210, to: &copy)
        #expect(try ledger.tally().posts == 100)
        #expect(try copy.tally().posts == 110)
    }
}
