import Decode
import Hashtags
import Snapshot
import Tally
import Text

/// What `tidemark count --explain` says of one hashtag.
struct ExplanationReport {
    /// As the user asked for it.
    let asked: String
    /// Why it never counts; nil if it does.
    var dropReason: TagDropReason?
    var explanation: TagExplanation?
    /// Its place among those printed, from 1; nil if it is not among them.
    var rank: Int?

    init(asked: String, explaining tag: Result<Hashtag, TagDropReason>, tally: Counts) {
        self.asked = asked
        switch tag {
        case .failure(let reason): dropReason = reason
        case .success:
            explanation = tally.explanation
            rank = tally.tags.firstIndex { counted in
                counted.key.utf8.elementsEqual(explanation?.key.utf8 ?? "".utf8)
            }.map { $0 + 1 }
        }
    }

    /// Lines for people: from the posts seen to the posts that count.
    var text: String {
        if let dropReason { return "\(asked) is never counted: \(dropReason.sentence).\n" }
        guard let explanation else { return "" }
        let read = explanation.read
        let leftOut = PostDropReason.allCases.map {
            (read.droppedPosts[$0, default: 0], "left out: \($0.sentence)")
        }
        let steps =
            [
                (explanation.merged, "delivered again, or replaced by an edit"),
                (read.deleted, "deleted"),
                (read.removedWithAccount, "of accounts that were removed"),
            ] + leftOut
        var lines = ["\(asked) is counted as \(explanation.key)."]
        lines.append(amount(read.deliveries) + "posts seen with it")
        lines += steps.filter { $0.0 > 0 }.map { amount(-$0.0) + $0.1 }
        lines.append(
            amount(explanation.posts)
                + "posts that count, by \(quantity(explanation.accounts, "account"))")
        if !explanation.spellings.isEmpty {
            // Thousands of spellings are possible; the first say enough.
            let shown = explanation.spellings.prefix(10).map { "\($0.text) \($0.posts)" }
            let rest = explanation.spellings.count - shown.count
            lines.append(
                "Spelled: " + shown.joined(separator: ", ")
                    + (rest > 0 ? ", and \(rest) more." : "."))
        }
        lines.append(standing(explanation))
        return lines.map { terminalSafe($0, limit: .max) + "\n" }.joined()
    }

    private func standing(_ explanation: TagExplanation) -> String {
        if explanation.posts == 0 { return "Not listed: no post with it counts." }
        if let hold = explanation.hold { return "Not listed: \(hold.sentence)." }
        return rank.map { "Listed in place \($0)." } ?? "Not listed: others rank higher."
    }

    /// Right-aligned, so that the column adds up before the eye.
    private func amount(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: " ", count: max(0, 10 - text.utf8.count)) + text + "  "
    }
}

extension ExplanationReport: Encodable {
    private enum CodingKeys: CodingKey {
        case asked, key, neverCounted, seen, merged, deleted, removedWithAccount, droppedPosts
        case posts, accounts, spellings, heldBack, rank
    }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(asked, forKey: .asked)
        try object.encodeIfPresent(dropReason?.rawValue, forKey: .neverCounted)
        guard let explanation else { return }
        let read = explanation.read
        try object.encode(explanation.key, forKey: .key)
        try object.encode(read.deliveries, forKey: .seen)
        try object.encode(explanation.merged, forKey: .merged)
        try object.encode(read.deleted, forKey: .deleted)
        try object.encode(read.removedWithAccount, forKey: .removedWithAccount)
        try object.encode(CountReport.named(read.droppedPosts), forKey: .droppedPosts)
        try object.encode(explanation.posts, forKey: .posts)
        try object.encode(explanation.accounts, forKey: .accounts)
        try object.encode(
            explanation.spellings.map { SpellingEntry(spelling: $0.text, posts: $0.posts) },
            forKey: .spellings)
        try object.encodeIfPresent(explanation.hold?.rawValue, forKey: .heldBack)
        try object.encodeIfPresent(rank, forKey: .rank)
    }

    private struct SpellingEntry: Encodable {
        let spelling: String
        let posts: Int
    }
}

extension TagDropReason {
    fileprivate var sentence: String {
        switch self {
        case .empty: "nothing is left of it"
        case .tooLong: "it is too long, a key has 100 characters at the most"
        case .controlOrHash: "it has a control character or a number sign in it"
        case .digits: "it has nothing but digits and punctuation"
        case .cashtag: "it is a cashtag"
        }
    }
}

extension PostDropReason {
    fileprivate var sentence: String {
        switch self {
        case .repost: "a repost"
        case .language: "in another language"
        case .maxTags: "too many hashtags"
        case .sensitive: "marked as sensitive"
        case .bot: "by a bot"
        }
    }
}

extension TagHoldReason {
    fileprivate var sentence: String {
        switch self {
        case .blocked: "it is blocked"
        case .notAllowed: "it is not among those allowed"
        case .fewAccounts: "too few accounts used it"
        }
    }
}
