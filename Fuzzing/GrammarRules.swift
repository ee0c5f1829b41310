@testable import Decode
@testable import Snapshot

/// Ranges are in order, inside, apart and not empty; and what stands on another line changes nothing.
enum GrammarRules {
    static func check(_ input: inout FuzzInput) throws {
        let grammar = Grammar.allCases[input.decision() % Grammar.allCases.count]
        let cut = input.decision()
        let scalars = Array(input.text.unicodeScalars)
        let ranges = grammar.ranges(in: scalars)
        var end = 0
        for range in ranges {
            try require(!range.isEmpty, "\(grammar): an empty tag at \(range)")
            // Bluesky's client looks for cashtags apart, so that one may stand in a hashtag: `#a($B)`.
            let isCashtag = grammar == .bluesky && scalars[range.lowerBound] == "$"
            try require(range.lowerBound >= end || isCashtag, "\(grammar): \(ranges) overlap")
            try require(range.upperBound <= scalars.count, "\(grammar): \(range) is not inside")
            let sign = range.lowerBound > 0 ? scalars[range.lowerBound - 1] : " "
            try require(sign.isHashSign || isCashtag, "\(grammar): no sign before \(range)")
            try require(
                !scalars[range].contains { $0.properties.isWhitespace && $0 != "\u{85}" },
                "\(grammar): white space at \(range)")
            end = max(end, range.upperBound)
        }
        let tags = grammar.hashtags(in: text(scalars[...]))
        try requireEqual(tags.count, ranges.count, "\(grammar): tags and ranges")

        // A line end stands before the second line alone as well: where a text begins, twitter-text's
        // pattern takes the first character for what precedes an address before it takes it for one's own.
        let middle = scalars.isEmpty ? 0 : cut % scalars.count
        let (first, second) = (scalars[..<middle], scalars[middle...])
        try requireEqual(
            grammar.hashtags(in: text(first + ["\n"] + second)).map(\.unicodeScalars).map(
                Array.init),
            (grammar.hashtags(in: text(first)) + grammar.hashtags(in: text(["\n"] + second)))
                .map(\.unicodeScalars).map(Array.init),
            "\(grammar): two lines together, and each alone")
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

extension Grammar {
    fileprivate func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
        switch self {
        case .twitter: TwitterGrammar.ranges(in: text)
        case .mastodon: MastodonGrammar.ranges(in: text)
        case .bluesky: BlueskyGrammar.ranges(in: text)
        }
    }
}
