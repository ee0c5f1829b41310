import Archive
import Sync
import Tasks

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

    /// Before the first snapshot of a machine, so that no slot is read again or taken for missed.
    ///
    /// A store that cannot be asked does not hold up an archive that is empty: what comes of it
    /// cannot harm the published one, which sync never lets shrink.
    func runOnEmptyMachine() async throws {
        let isUnfinished = try Pull.isUnfinished(in: settings.archive)
        let isEmpty = try ArchiveReader(folder: settings.archive).years().isEmpty
        guard settings.publish.hasPlace, isEmpty || isUnfinished else { return }
        do {
            let retry = Retry(attempts: 5)
            _ = try await fetch(from: PublishPlace(settings, context, retry: retry))
        } catch SyncError.store(let error) where !isUnfinished {
            context.console.progress(nil)
            context.logger.debug("No archive was fetched.", metadata: ["reason": "\(error)"])
        }
    }

    private func fetch(from place: PublishPlace) async throws -> PullReport {
        let console = context.console
        let name = place.destination.name
        console.progress("Looking for an archive in \(name)…")
        let line = PullLine(console: console)
        let report = try await Pull(
            from: place.destination, credentials: place.credentials, into: settings.archive,
            retry: place.retry, certificates: place.certificates,
            progress: { line.advance(of: $0, byteCount: $1) }
        ).run()
        console.progress(nil)
        if !report.isEmpty { console.note("\(settings.archive): \(report), from \(name).") }
        if !report.unverified.isEmpty {
            console.warn(
                "\(name): a publish died over \(report.unverified.count) files, such as "
                    + "\(report.unverified[0]): they are whole, but may be older or newer than the "
                    + "others; look with tidemark verify")
        }
        return report
    }

    private struct NothingPublished: ExitCoded, CustomStringConvertible {
        let place: String
        var description: String { "\(place): no archive is published there" }
        let exitCode = ExitCode.failed
    }
}
