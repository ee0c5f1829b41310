import Archive
import Snapshot
import Tally

/// All settings of a run, resolved and checked.
struct Settings: Hashable, Sendable {
    /// The configuration file that was read; nil if there is none and the defaults hold.
    let file: String?
    let site: Site
    let window: Window
    let filters: Filters
    /// Folders and files are relative to the working folder, or absolute.
    let archive: String
    let output: String
    let templates: String?
    let chartScript: String?
    /// By name; the built-in sample if none was configured.
    let sources: [Source]
    let publish: Publish

    struct Site: Hashable, Sendable {
        let title: String
        /// Ends with `/`.
        let url: String?
        let description: String
        let language: String
        /// An SPDX identifier.
        let dataLicence: String
    }

    struct Window: Hashable, Sendable {
        enum Mode: String, Sendable { case slot, live }

        let schedule: Schedule
        let length: Duration
        let mode: Mode
        let top: Int
        let rank: RankOrder
        let minimumAccounts: Int
    }

    struct Filters: Hashable, Sendable {
        /// 0 is no limit.
        let maxTags: Int
        let reposts: Bool
        let deleted: Bool
        let sensitive: Bool
        let bots: Bool
        let block: [String]
        let allow: [String]
    }

    struct Publish: Hashable, Sendable {
        let bucket: String?
        let region: String?
        let endpoint: String?
        /// Empty, or ends with `/`.
        let prefix: String
        let distribution: String?
        /// Of bucket, directory and repository there is one at most.
        let directory: String?
        let repository: String?
        let branch: String

        /// Whether there is anywhere to publish to.
        var hasPlace: Bool { bucket != nil || directory != nil || repository != nil }

        let maxDeletes: Int
    }
}
