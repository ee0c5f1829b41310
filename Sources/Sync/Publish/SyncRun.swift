import AWS
import Archive
import Digest
import Files
import Output
import Text

/// One publish: the finished site on this machine → the bucket.
public struct SyncRun: Sendable {
    let settings: SyncSettings
    let store: any Store
    private let edge: (any Edge)?
    let state: LocalState
    private let owner: String
    private let sleep: @Sendable (Duration) async throws -> Void
    private let progress: @Sendable (SyncProgress) -> Void

    /// A dry run reads the bucket and writes nothing; its plan comes by `progress` and in the
    /// report.
    public init(
        _ settings: SyncSettings, credentials: any CredentialSource, isDryRun: Bool = false,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) throws(SyncError) {
        let state = LocalState(folder: isDryRun ? nil : settings.stateFolder)
        let store = try settings.destination.store(
            credentials: credentials, retry: settings.retry, silenceLimit: settings.silenceLimit,
            concurrency: settings.concurrency, certificates: settings.certificates, state: state,
            siteAddress: settings.distribution == nil ? nil : settings.siteAddress)
        let edge = settings.distribution.map { client -> any Edge in
            let base = settings.edgeBase
            return isDryRun ? DryRunEdge(base: base) : CloudFrontEdge(client: client, base: base)
        }
        self.init(
            settings, store: isDryRun ? DryRunStore(store: store) : store, edge: edge,
            state: state, owner: state.owner(), progress: progress)
    }

    init(
        _ settings: SyncSettings, store: any Store, edge: (any Edge)? = nil,
        state: LocalState = LocalState(folder: nil), owner: String,
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        },
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) {
        self.settings = settings
        self.store = store
        self.edge = edge
        self.state = state
        self.owner = owner
        self.sleep = sleep
        self.progress = progress
    }

    /// Throws if nothing was changed in the bucket, by a safety rule if `isRefusal`; else the
    /// report says how it went.
    public func run() async throws(SyncError) -> Report {
        let key = believable
        let list = key == nil ? nil : settings.believed?.list
        let last = key.flatMap { state.published($0, sharing: list) }
        var site =
            if let list, let last, let changes = try changes(of: list, since: last) { changes } else
            {
                try LocalTree(folder: settings.folder)
            }
        let withheld = try withheld()
        let stored = try await store.manifest()
        if site.gone != nil, stored?.tag != last?.tag {
            site = try LocalTree(folder: settings.folder)
        }
        if let stored, let seconds = Lease.secondsLeft(of: stored, for: owner),
            !(store is DryRunStore)
        {
            throw .busy(seconds: seconds)
        }
        site = try site.countingRows(against: stored?.manifest)
        var tree = try site.adding(withheld).countingRows(against: stored?.manifest)
        var (known, foreign, strays) = try await knowledge(of: tree, by: stored?.manifest)
        try Self.requireRecords(of: known, in: withheld)
        try await requireWithdrawals(of: known, in: withheld)
        let excused = try await excused(tree, known, foreign)
        var plan = try Plan(
            tree, against: known, settings.choice, foreign: foreign, excused: excused)
        var tag = stored?.tag
        var notes: [String] = []
        if plan.actions.contains(where: { $0.kind != .delete && $0.path.isWithheld }) {
            // A stranger asks for the manifest: it has to be there.
            if tag == nil {
                tag = try await store.save(Manifest(entries: known.entries), over: nil)
            }
            // Where strangers could read it, it is not stored, or not any more.
            if let obstacle = try await store.obstacleToWithholding() {
                tree = site
                plan = try Plan(
                    tree, against: known, settings.choice, foreign: foreign, excused: excused)
                notes = noteOn(obstacle, to: withheld)
            }
        }
        progress(.planned(plan))

        if let edge {
            known.staleness = Staleness(
                plan, against: known, over: stored?.manifest.staleness, in: tree, base: edge.base)
        }
        var report = Report(plan: plan)
        if !plan.actions.isEmpty || known.staleness != nil {
            report = try await Apply(
                plan: plan, store: store, edge: edge, concurrency: settings.concurrency,
                owner: owner, sleep: sleep, progress: progress
            ).run(on: known, over: tag)
        } else if known != stored?.manifest {
            report.tag = try await store.save(Manifest(entries: known.entries), over: tag)
        } else {
            report.tag = tag
        }
        if let key, report.failures.isEmpty, let tag = report.tag, let list = site.list,
            tag != last?.tag || list != last?.list
        {
            state.keep(published: .init(tag: tag, list: list), key, from: output)
        }
        if report.failures.isEmpty { keepWithdrawals(withheld) }
        report.requestCount = store.requestCount
        // Of what a server is like, nobody wants a mail with each publish.
        let said = state.said
        let news = store.notes.filter { !said.contains($0) }
        if !news.isEmpty { state.keep(said: said + news) }
        report.notes =
            news + notes + Self.note(on: plan, against: known) + Self.note(on: strays)
            + (site.gone == nil ? noteOnForeign(site.foreign) : [])
        return report
    }

    /// What the publish depends on beside the site, if this one may leave a list to the next, and believe that of the
    /// last: as one line. Another program may store files otherwise.
    private var believable: String? {
        guard settings.believed != nil, settings.choice.isPlain,
            let program = try? FileStamp("/proc/self/exe", now: .max)
        else { return nil }
        let text =
            "\(settings.destination) \(settings.edgeBase) \(edge != nil) "
            + "\(program.inode) \(program.byteCount) \(program.modified)"
        return SHA256(of: text.utf8).hex
    }

    private var output: OutputFolder { OutputFolder(settings.folder) }

    private func changes(
        of list: FileList, since last: LocalState.Published
    ) throws(SyncError) -> LocalTree? {
        guard let least = settings.believed?.from, last.list.files.count >= least else {
            return nil
        }
        return try LocalTree(folder: settings.folder, list, since: last.list)
    }

    /// Files of the archive that may lose rows, or go, since the archive says of every window they lose that it was
    /// taken back. What they have is read where they are published; that nobody changes it meanwhile, the manifest
    /// sees to.
    private func excused(
        _ tree: LocalTree, _ known: Manifest, _ foreign: [SitePath]
    ) async throws(SyncError) -> Set<SitePath> {
        guard !settings.takenBack.isEmpty else { return [] }
        do throws(SyncError) {
            _ = try Plan(tree, against: known, settings.choice, foreign: foreign)
            return []
        } catch .shrinks(let files) {
            var excused: Set<SitePath> = []
            for path in files.map(\.path) {
                guard let there = try await store.bytes(of: path) else { continue }
                let here = try tree.files.first { $0.path == path }.map { file throws(SyncError) in
                    WindowKey.keys(in: try file.contents())
                }
                let lost = WindowKey.keys(in: there).subtracting(here ?? [])
                if lost.isSubset(of: settings.takenBack) { excused.insert(path) }
            }
            return excused
        } catch {
            // Whatever else is wrong, the plan says.
            return []
        }
    }

    /// What of the archive is withheld, read where it has changed since the last run.
    private func withheld() throws(SyncError) -> [LocalFile] {
        guard !settings.withheld.isEmpty else { return [] }
        let known = state.withheld
        var (files, list): ([LocalFile], [FileList.File]) = ([], [])
        for one in settings.withheld {
            list.append(try one.listed(over: known))
            files.append(try one.file(list[list.count - 1]))
        }
        let new = FileList(list)
        if new != known { state.keep(withheld: new) }
        return files
    }

    /// Throws if the bucket has what was paid in a year, and the archive here has not.
    private static func requireRecords(
        of known: Manifest, in withheld: [LocalFile]
    ) throws(SyncError) {
        let here = Set(withheld.map(\.path))
        let unpaid = known.entries.keys(beginningWith: SitePath.withheldFolder).filter {
            !here.contains($0) && ArchivePath($0)?.isSpending ?? false
        }
        guard unpaid.isEmpty else {
            throw .shrinks(
                unpaid.sorted().map {
                    .init(path: $0, from: known.entries[$0]?.rowCount, to: nil)
                })
        }
    }

    /// Once for each obstacle; none is told by an empty text.
    private func noteOn(_ obstacle: String, to withheld: [LocalFile]) -> [String] {
        guard !obstacle.isEmpty, state.obstacle != obstacle else { return [] }
        state.keep(obstacle: obstacle)
        return [
            "\(withheld.count) files that belong to the archive and not on the site, such as "
                + "\(withheld[0].path.text.dropFirst(SitePath.withheldFolder.utf8.count)), are not "
                + "saved, " + obstacle
                + "; until then, back up the archive yourself (said once; "
                + "tidemark doctor goes on saying it)"
        ]
    }

    /// Once for each.
    private func noteOnForeign(_ entries: [FolderEntry]) -> [String] {
        let (names, told) = (entries.map(\.bytes), state.foreign)
        if told != Set(names.map { $0[...] }) { state.keep(foreign: names) }
        let new = entries.filter { !told.contains($0.bytes[...]) }
        guard let first = new.first else { return [] }
        return [
            "\(terminalSafe(settings.folder + "/" + first.name, limit: .max))"
                + (new.count > 1
                    ? " and \(new.count - 1) more: no build made them, so they stay there and are not "
                        + "published"
                    : ": no build made it, so it stays there and is not published")
                + "; what is to be on the site, put into \(terminalSafe(settings.destination.name, limit: .max)) by hand, "
                + "where a publish leaves it alone (said once)"
        ]
    }

    /// Once, as they are stored so from then on.
    private static func note(on plan: Plan, against known: Manifest) -> [String] {
        let count = plan.actions.count { action in
            guard action.reason == .headers, case .upload(let file) = action.kind else {
                return false
            }
            return file.headers.contentEncoding == nil
                && known.entries[action.path]?.headers.contentEncoding != nil
        }
        guard count > 0 else { return [] }
        return [
            "\(quantity(count, "file")) of data, packed until now, "
                + (count == 1 ? "is stored as it is" : "are stored as they are")
                + ", so that every program can read \(count == 1 ? "it" : "them") (said once)"
        ]
    }

    private static func note(on strays: [String]) -> [String] {
        guard !strays.isEmpty else { return [] }
        let isOne = strays.count == 1
        return [
            "\(quantity(strays.count, "object")) where the site is published "
                + (isOne ? "has a name" : "have names") + " that no publish gives, such as "
                + strays.sorted().prefix(3).map { terminalSafe($0, limit: .max) }.joined(
                    separator: ", ")
                + (isOne
                    ? ": it is somebody else's, and is" : ": they are somebody else's, and are")
                + " left alone"
        ]
    }

    /// What is in the bucket, by the manifest; by a listing if there is none, or if asked for.
    private func knowledge(
        of tree: LocalTree, by stored: Manifest?
    ) async throws(SyncError) -> (known: Manifest, foreign: [SitePath], strays: [String]) {
        let choice = settings.choice
        if let stored, !choice.verifiesRemote, !choice.prunes {
            return (Manifest(entries: stored.entries), [], [])
        }
        let inspection = Inspection(
            listing: try await store.listing(), store: store, concurrency: settings.concurrency)
        let known =
            if let stored {
                try await inspection.corrected(Manifest(entries: stored.entries), for: tree)
            } else {
                try await inspection.adopted(for: tree)
            }
        let foreign = choice.prunes ? inspection.foreign(to: known, and: tree) : []
        return (known, foreign, inspection.listing.strays)
    }
}
