import Snapshot

extension Settings.X {
    /// The source that these settings describe.
    ///
    /// - Parameter archive: the archive's folder, which has the log of what was spent.
    func postSource(name: String, archive: String, certificates: String?) -> any PostSource {
        XSource(
            name: name, access: access(name: name), api: api, kind: stream, budget: budget,
            archive: archive, backfillMinutes: backfillMinutes, certificates: certificates)
    }

    /// The server with its token.
    func access(name: String) -> XAccess {
        XAccess(
            base: server, token: token?.revealed,
            tokenVariable: SettingKey.environmentName(of: "sources.\(name).token"))
    }
}
