import Support
import Testing

@testable import Decode
@testable import Tally

@Suite("AccountSample")
struct AccountSampleTests {
    /// A thousand accounts with one to three posts each; #tide of all of them, #kelp of a tenth.
    private static let lines = (0..<2000).map { number in
        let (author, tags) = (number % 1000, number % 10 == 0 ? ["tide", "kelp"] : ["tide"])
        let quoted = tags.map { "\"\($0)\"" }.joined(separator: ",")
        return #"{"did":"did:plc:\#(author)","time_us":\#(number),"kind":"commit","commit":{"#
            + #""rev":"3lbsw5kzdqk22","operation":"create","collection":"app.bsky.feed.post","#
            + #""rkey":"\#(number)","record":{"text":"","tags":[\#(quoted)]}}}"# + "\n"
    }

    private func ledger(
        of lines: some Sequence<String>, oneIn: Int, salt: UInt64
    ) throws -> PostLedger {
        var rules = CountingRules()
        rules.sample = try #require(AccountSample(oneIn))
        var ledger = PostLedger(rules: rules)
        var reader = EventReader(
            format: .jetstream, grammar: nil, identity: Identity(salt: salt))
        bytes(lines.joined()).withUnsafeBytes { reader.feed($0, to: &ledger) }
        reader.finish(to: &ledger)
        return ledger
    }

    private func tally(_ ledgers: PostLedger...) throws -> Counts {
        try LedgerResolution(ledgers, workers: 2).tally(keeping: 10)
    }

    @Test("is right in the mean, and as far off as it says", arguments: [2, 10])
    func mean(oneIn: Int) throws {
        let (salts, accounts) = (200, 1000.0)
        var (sum, squares, kelp, posts) = (0.0, 0.0, 0.0, 0.0)
        for salt in 0..<UInt64(salts) {
            let tally = try tally(ledger(of: Self.lines, oneIn: oneIn, salt: salt))
            #expect(tally.posts % oneIn == 0)
            #expect(tally.tags.first?.key == "tide")
            #expect(tally.tags.first?.accounts == tally.accounts)
            sum += Double(tally.accounts)
            squares += (Double(tally.accounts) - accounts) * (Double(tally.accounts) - accounts)
            kelp += Double(tally.tags.first { $0.key == "kelp" }?.accounts ?? 0)
            posts += Double(tally.posts)
        }
        let sample = try #require(AccountSample(oneIn))
        let error = sample.standardError(ofAccounts: 1000)
        let ofMean = error / Double(salts).squareRoot()
        // Four standard errors of the mean; the salts are fixed.
        #expect(abs(sum / Double(salts) - accounts) < 4 * ofMean)
        #expect(abs(posts / Double(salts) - 2000) < 8 * ofMean)
        #expect(
            abs(kelp / Double(salts) - 100)
                < 4 * sample.standardError(ofAccounts: 100) / Double(salts).squareRoot())
        #expect((squares / Double(salts)).squareRoot() / error > 0.8)
        #expect((squares / Double(salts)).squareRoot() / error < 1.2)
    }

    @Test("of parts adds up to that of the whole")
    func parts() throws {
        let whole = try tally(ledger(of: Self.lines, oneIn: 4, salt: 3))
        let parts = try tally(
            ledger(of: Self.lines[..<700], oneIn: 4, salt: 3),
            ledger(of: Self.lines[700...], oneIn: 4, salt: 3))
        #expect(parts.tags == whole.tags)
        #expect(parts.read == whole.read)
        #expect(
            [parts.posts, parts.tagged, parts.accounts] == [
                whole.posts, whole.tagged, whole.accounts,
            ])
    }

    @Test("keeps a share of the posts, and of posts without an account too")
    func share() throws {
        let text = (0..<1000).map { "post \($0) #tide\n" }
        var rules = CountingRules()
        rules.sample = try #require(AccountSample(10))
        var ledger = PostLedger(rules: rules)
        var reader = EventReader(format: .text, grammar: nil)
        bytes(text.joined()).withUnsafeBytes { reader.feed($0, to: &ledger) }
        reader.finish(to: &ledger)
        let tally = try ledger.tally()
        #expect(tally.read.deliveries == 1000)
        #expect(tally.posts == 10 * (1000 - tally.read.unsampled))
        #expect((20...300).contains(tally.posts / 10))
    }

    @Test("is of one account in 1 to a million", arguments: [(0, false), (1, true), (-1, false)])
    func range(oneIn: Int, isAllowed: Bool) {
        #expect((AccountSample(oneIn) != nil) == isAllowed)
        #expect(AccountSample(1_000_001) == nil)
        #expect(AccountSample(1) == .all)
        #expect(AccountSample.all.standardError(ofAccounts: 5) == 0)
    }
}
