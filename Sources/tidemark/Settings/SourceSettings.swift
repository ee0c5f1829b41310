import Decode
import Snapshot

extension Settings {
    /// One source of posts.
    struct Source: Hashable, Sendable {
        /// Lower-case letters, digits and `-`: part of addresses and archive rows.
        let name: String
        /// Primary subtags, lower case; empty for all.
        let languages: [String]
        let kind: Kind

        enum Kind: Hashable, Sendable {
            case sample
            case file(paths: [String], format: PostFormat, grammar: Grammar?)
            case socket(host: String, port: UInt16, format: PostFormat, grammar: Grammar?)
            /// Lengths of time in seconds.
            case bluesky(hosts: [String], lookBack: Int, settle: Int, stall: Int)
            case mastodon(Mastodon)
            case x(X)
        }

        /// What runs when nothing is configured.
        static let sample = Source(name: "sample", languages: [], kind: .sample)
    }
}
