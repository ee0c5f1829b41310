import AWS
import Digest
import Files
import Folding
import Snapshot
import Sync
import Tally

extension Settings {
    /// A source of kind `collect`.
    struct Collect: Hashable, Sendable {
        let members: [String]
        let place: String
        /// In seconds.
        let deadline: Int
    }
}

extension Settings.Collect: SourceKind {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        members = try keys(
            needed: "members", .some(.text), "Collectors, each by the name of its part of a slot")
        try keys.require(
            members.allSatisfy(PartHeader.isName), "members",
            "a name has letters, digits, -, _ and ., and none at its start")
        place = try keys(
            needed: "place", .path,
            "Folder, or s3://bucket/prefix, that they put parts into and strangers cannot read")
        try keys.require(
            !place.contains("://") || BucketPlace(place) != nil, "place",
            "a place in a bucket is s3://bucket/prefix; where its server is, publish.endpoint or the environment says"
        )
        deadline = try keys(
            "deadline", .seconds, or: "30m",
            "How long after a slot's end it is closed without those that are missing")
    }

    func reading(in _: Settings.Window.Mode) -> SourceReading { .slots(settle: deadline) }

    func postSource(named name: String, for run: SourceRun) -> any PostSource {
        let place: any PartPlace =
            BucketPlace(place)?.privatePrefix(of: name, for: run) ?? SharedFolder(place)
        return CollectSource(
            name: name, members: members, place: place, deadline: deadline,
            tables: UnicodeTables.version)
    }
}
