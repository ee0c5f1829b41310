import Hashtags

/// What a platform takes for a hashtag in plain text.
public enum Grammar: String, CaseIterable, Sendable {
    /// twitter-text's rules.
    case twitter
    /// The rules of Mastodon's `Tag` model.
    case mastodon
    /// The rules of Bluesky's own client; cashtags are found too, as there.
    case bluesky

    /// The hashtags in `text` in the order they stand there, without the number sign, as written.
    public func hashtags(in text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        let ranges =
            switch self {
            case .twitter: TwitterGrammar.ranges(in: scalars)
            case .mastodon: MastodonGrammar.ranges(in: scalars)
            case .bluesky: BlueskyGrammar.ranges(in: scalars)
            }
        return ranges.map { range in
            var found = String.UnicodeScalarView()
            found.append(contentsOf: scalars[range])
            // A cashtag's range has its dollar sign, a hashtag's begins behind the number sign.
            let isCashtag =
                found.first == "$"
                && (range.lowerBound == 0 || !scalars[range.lowerBound - 1].isHashSign)
            return isCashtag ? String(found).uppercased() : String(found)
        }
    }
}
