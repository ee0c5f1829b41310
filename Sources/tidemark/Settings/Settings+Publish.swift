extension Settings {
    struct Publish: Hashable, Sendable {
        enum Addressing: String, CaseIterable, Sendable { case auto, path, host }

        let bucket: String?
        let region: String?
        let endpoint: String?
        let addressing: Addressing
        /// Empty, or ends with `/`.
        let prefix: String
        let distribution: String?
        /// Of bucket, directory and repository there is one at most.
        let directory: String?
        let repository: String?
        let branch: String
        let maxDeletes: Int
        /// How long a place that is away for a moment is asked again.
        let patience: Duration

        /// Whether there is anywhere to publish to.
        var hasPlace: Bool { bucket != nil || directory != nil || repository != nil }
    }
}

extension Settings.Publish {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        bucket = try keys("bucket", .text, "S3 bucket of the site; without it, no upload")
        region = try keys(
            "region", .text, "Region of the bucket; without it, the AWS profile's")
        endpoint = try keys(
            "endpoint", .address("https", "http"),
            "Address of another S3 server than Amazon's, with its path; without it, what AWS_ENDPOINT_URL_S3 or the AWS profile names"
        )
        addressing = try keys(
            "addressing", .choice, or: "auto",
            "Where that server wants the bucket's name: in the path or before the host; auto is the host at Amazon's and the path elsewhere"
        )
        prefix = try keys(
            "prefix", .prefix, or: "\"\"", "Folder in the bucket; nothing beside it is touched")
        distribution = try keys(
            "distribution", .text, "CloudFront distribution to invalidate after an upload")
        directory = try keys(
            "directory", .path,
            "Folder of a web server on this machine, in the place of a bucket")
        repository = try keys(
            "repository", .text.takenAsGitTakesIt,
            "Git repository with a branch for a host of static pages, in the place of a bucket")
        branch = try keys(
            "branch", .branch, or: "gh-pages", "That branch; what others put there stays")
        maxDeletes = try keys(
            "maxDeletes", .count(0...1_000_000), or: "256",
            "More deletes than this in one run are refused as a whole")
        patience = try keys(
            "patience", .duration, or: "10m",
            "How long a bucket that is down or overloaded is asked again before a run gives up")
        try keys.require(
            !(repository.map(Self.namesUser) ?? false), "repository",
            "names and passwords do not belong here; git has its credential helpers for them")
        let places = [("directory", directory), ("repository", repository), ("bucket", bucket)]
            .filter { $0.1 != nil }
        // Of two, the one that is not the usual is named.
        let last = places.last { $0.0 != "bucket" }
        try keys.require(
            places.count < 2, last?.0 ?? "",
            "the site goes to one of bucket, directory and repository, not to several")
    }

    /// Whether an address of the web has something before an `@`, which may be a token; or one that lost its
    /// scheme a name and a password.
    private static func namesUser(_ address: String) -> Bool {
        guard let scheme = address.firstRange(of: "://") else {
            let name = address.prefix { $0 != ":" }
            return !name.contains { "@/".contains($0) } && address[name.endIndex...].contains("@")
        }
        return address.lowercased().hasPrefix("http")
            && address[scheme.upperBound...].prefix { $0 != "/" }.contains("@")
    }
}
