import Archive
import Sync
import Tasks
import Text

/// The published archive, into the archive's folder. The caller holds the archive's lock.
struct PullStep {
    let context: RunContext
    let settings: Settings

    /// - Throws: `NothingPublished` if there is no archive to be had.
    func run() async throws -> ExitCode {
        let place = try PublishPlace(settings, context)
        let report = try await fetch(from: place)
        guard !report.isEmpty else { throw NothingPublished(place: place.destination.name) }
        return report.unverified.isEmpty ? .done : .partly
    }

    /// Before a snapshot, so that no slot is read again or taken for missed that another archive has.
    ///
    /// No archive is begun while the published one cannot be asked for; one that is only behind is completed.
    func runBeforeSnapshot() async throws {
        guard settings.publish.hasPlace else { return }
        let isUnfinished = try Pull.isUnfinished(in: settings.archive)
        let isEmpty = try ArchiveReader(folder: settings.archive).years().isEmpty
        guard isEmpty || isUnfinished else { return try await completeIfBehind() }
        let place = try PublishPlace(settings, context, retry: Retry(attempts: 5))
        do {
            _ = try await fetch(from: place)
        } catch SyncError.store(let error) {
            context.console.progress(nil)
            throw NoArchive(place: place.destination.name, error: .store(error))
        }
    }

    /// Where nobody can be asked, it is as it was: what comes of it cannot harm the published one.
    private func completeIfBehind() async throws {
        do {
            try await complete(isThorough: false)
        } catch let error as SyncError {
            if case .diverged = error { throw error }
            context.logger.debug("Not compared.", metadata: ["reason": "\(error)"])
        }
    }

    /// Brings here what was published and is not here.
    ///
    /// - Returns: whether anything was.
    @discardableResult
    func complete(isThorough: Bool) async throws -> Bool {
        let place = try PublishPlace(settings, context, retry: Retry(attempts: 5))
        let changes = try ArchiveReader(folder: settings.archive).changes()
        let report = try await telling {
            try await pull(from: place).complete(by: changes, isThorough: isThorough)
        }
        context.console.progress(nil)
        if report.fetchedCount > 0 {
            context.console.say(
                "\(settings.archive): it lacked what is published, as one from a back-up does: \(report), from "
                    + "\(place.destination.name).")
        }
        return report.fetchedCount > 0
    }

    /// What `body` returns; where the archives do not agree because the one here cannot be read, it throws that: nothing
    /// could be merged.
    private func telling(_ body: () async throws -> PullReport) async throws -> PullReport {
        do {
            return try await body()
        } catch let error as SyncError {
            if case .diverged = error { _ = try ArchiveReader(folder: settings.archive).windows() }
            throw error
        }
    }

    /// Makes one archive of the published one and that of this machine.
    func merge() async throws -> ExitCode {
        let place = try PublishPlace(settings, context)
        let name = place.destination.name
        guard let published = try await pull(from: place).differing() else {
            throw NothingPublished(place: name)
        }
        try merge(published, from: name)
        return .done
    }

    /// Makes one archive of these files of another and that of this machine.
    func merge(_ published: [String: [UInt8]], from name: String) throws {
        let merge = try ArchiveMerge(of: settings.archive, with: published, now: context.now)
        try merge.apply()
        context.console.progress(nil)
        context.console.say("\(settings.archive): \(Self.sentence(merge.report)), from \(name).")
    }

    private static func sentence(_ report: ArchiveMerge.Report) -> String {
        guard report != ArchiveMerge.Report() else { return "every window is here and there" }
        let both = report.oursOfBoth + report.theirsOfBoth
        return
            "\(report.fetched) \(report.fetched == 1 ? "window" : "windows") came that "
            + "\(report.fetched == 1 ? "was" : "were") not here, and \(report.kept) of this machine alone "
            + (report.kept == 1 ? "stays" : "stay")
            + (both == 0
                ? ""
                : "; of \(both) that both had, the one with more read holds, \(report.oursOfBoth) of here")
            + "; publish next"
    }

    private func pull(from place: PublishPlace) throws -> Pull {
        let line = PieceLine("Fetching", on: context.console)
        return try Pull(
            from: place.destination, credentials: place.credentials, into: settings.archive,
            retry: place.retry, certificates: place.certificates,
            progress: { line.advance(of: $0, byteCount: $1) })
    }

    private func fetch(from place: PublishPlace) async throws -> PullReport {
        let console = context.console
        let name = place.destination.name
        console.progress("Looking for an archive in \(name)…")
        let report = try await telling { try await pull(from: place).run() }
        console.progress(nil)
        if !report.isEmpty { console.note("\(settings.archive): \(report), from \(name).") }
        if !report.unverified.isEmpty {
            console.warn(
                "\(name): a publish died over \(quantity(report.unverified.count, "file")), such as "
                    + "\(report.unverified[0]): they are whole, but may be older or newer than the "
                    + "others; look with tidemark verify")
        }
        return report
    }

    /// An archive of its own would stand against the published one for ever.
    private struct NoArchive: ExitCoded, CustomStringConvertible {
        let place: String
        let error: SyncError
        var description: String {
            Text.sentence(
                "\(error)",
                goingOn:
                    "no archive is here, and \(place) could not be asked for the published one: nothing is read, so "
                    + "that there are not two. The site stays as it is; run again when it answers")
        }
        var exitCode: ExitCode { error.exitCode }
    }

    struct NothingPublished: ExitCoded, CustomStringConvertible {
        let place: String
        var description: String { "\(place): no archive is published there" }
        let exitCode = ExitCode.failed
    }
}
