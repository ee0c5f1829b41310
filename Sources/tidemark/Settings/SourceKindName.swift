/// The word for a kind of source in `sources.*.kind`.
enum SourceKindName: String, CaseIterable, Sendable {
    case sample, file, socket, bluesky, mastodon, x
}
