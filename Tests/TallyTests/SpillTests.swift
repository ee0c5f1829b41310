import Glibc
import Support
import Testing

@testable import Decode
@testable import Tally

/// Ledgers that go on on disk, and ledgers of parts of a stream.
@Suite("Ledgers, spilled and in parts")
struct SpillTests {
    private func lines(_ format: PostFormat) -> [String] {
        var generator = StreamGenerator(random: SeededRandom(41))
        return (0..<150).map { _ in generator.line(format).text + "\n" }
    }

    private func ledger(
        _ lines: some Sequence<String>, as format: PostFormat,
        byteBudget: Int = PostLedger.standardBudget, at order: Int = 0
    ) -> PostLedger {
        var ledger = PostLedger(rules: CountingRules(), byteBudget: byteBudget)
        ledger.begin(at: UInt64(order))
        var reader = EventReader(format: format, grammar: nil, identity: Identity(salt: 7))
        for line in lines { bytes(line).withUnsafeBytes { reader.feed($0, to: &ledger) } }
        reader.finish(to: &ledger)
        return ledger
    }

    /// All that was counted, to be compared.
    private struct Counted: Equatable {
        var numbers: [Int]
        var read: ReadCounts
        var tags: [TagCount]
        var tail: [TagCount]

        init(_ tally: Counts) {
            numbers = [tally.posts, tally.tagged, tally.accounts, tally.tagCount]
            (read, tags, tail) = (tally.read, tally.tags, tally.tail)
        }
    }

    private func counts(of ledgers: [PostLedger]) throws -> Counted {
        try Counted(LedgerResolution(ledgers, workers: 2).tally(keeping: 100))
    }

    @Test(
        "count the same on disk as in memory", arguments: [PostFormat.jetstream, .v1, .mastodon],
        [0, 100, 3000])
    func spilled(format: PostFormat, byteBudget: Int) throws {
        let lines = lines(format)
        let expected = try counts(of: [ledger(lines, as: format)])
        #expect(expected.numbers[0] > 10 && expected.tags.count > 3)
        #expect(try counts(of: [ledger(lines, as: format, byteBudget: byteBudget)]) == expected)
    }

    @Test(
        "of two parts add up to that of the whole, wherever it is cut",
        arguments: [PostFormat.jetstream, .v1, .mastodon])
    func parts(format: PostFormat) throws {
        let lines = lines(format)
        let expected = try counts(of: [ledger(lines, as: format)])
        for cut in lines.indices {
            let parts = [
                ledger(lines[..<cut], as: format),
                ledger(lines[cut...], as: format, byteBudget: 500, at: cut),
            ]
            #expect(try counts(of: parts) == expected, "cut before line \(cut)")
        }
    }

    @Test("counts everybody who used a tag that fills its partition, in several shares")
    func hugeTag() throws {
        var ledger = PostLedger(rules: CountingRules())
        var post = Post()
        post.tags = [String(repeating: "tide", count: 25)]
        for number in UInt64(0)..<90_000 {
            (post.id, post.author) = (number &* 0x9E37_79B9_7F4A_7C15, number / 3)
            ledger.record(.post(post))
        }
        let tag = try #require(ledger.tally().tags.first)
        #expect([tag.posts, tag.accounts] == [90_000, 30_000])
    }

    @Test("say in one sentence that the folder for temporary files is full")
    func fullFolder() async {
        // The limit is the whole process's, so this test has a process of its own.
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 100, rlim_max: 100)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            var ledger = PostLedger(rules: CountingRules(), byteBudget: 0)
            for number in UInt64(0)..<10 {
                var post = Post()
                post.id = number
                ledger.record(.post(post))
            }
            #expect {
                try ledger.tally()
            } throws: {
                "\($0)" == "the temporary file of a large window: File too large; "
                    + "TMPDIR names another folder for it"
            }
        }
    }
}
