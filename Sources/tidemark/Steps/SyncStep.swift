import AWS
import Archive
import Files
import Output
import SiteGen
import Sync

/// The output folder, into the bucket. The caller holds the output's lock.
struct SyncStep {
    let context: RunContext
    let settings: Settings
    var choice: SyncChoice?
    var isDryRun = false
    /// What a build has made just now, and is believed therefore.
    var list: FileList?
    /// Whether the report is printed for machines.
    var isJSON = false

    /// - Returns: done, also if there was nothing to do; partly if something is left for the next run.
    func run() async throws -> ExitCode {
        let place = try PublishPlace(settings, context)
        let progress = SyncLine(console: context.console)
        let report: Report
        do {
            report = try await sync(to: place, progress)
        } catch SyncError.overtaken {
            // Most often by git, which went on pushing for a run that was killed.
            report = try await sync(to: place, progress)
        }
        progress.finish()
        // What a signal left undone is no failure: the run ends by the signal.
        if report.outcome == .partly { try Task.checkCancellation() }
        for note in report.notes { context.console.warn(note) }
        if isJSON {
            try context.console.output(report.json(isDryRun: isDryRun))
        } else if isDryRun {
            let lines = ["\(report.plan)"] + report.invalidated.map { "invalidate  \($0)" }
            try context.console.output(Array((lines.joined(separator: "\n") + "\n").utf8))
        }
        if isDryRun { return .done }
        if report.outcome == .partly {
            context.console.fail("\(place.destination.name): \(report)")
        } else {
            context.console.note("\(place.destination.name): \(report).")
        }
        return report.outcome == .partly ? .partly : .done
    }

    private func sync(
        to place: PublishPlace, _ progress: SyncLine
    ) async throws -> Report {
        try await SyncRun(
            try syncSettings(place), credentials: place.credentials, isDryRun: isDryRun,
            progress: { progress.show($0) }
        ).run()
    }

    /// What of the archive the site does not show: what paid sources have cost, and what was withdrawn.
    private func withheld() throws(FileError) -> [Withheld] {
        let spending = try Folder.files(
            below: FilePlace.joined(settings.archive, ArchiveLayout.spending)
        ).filter { $0.hasSuffix(".csv") }.map { "\(ArchiveLayout.spending)/\($0)" }
        return try (withdrawn() + spending.sorted()).map {
            Withheld(name: $0, localPath: FilePlace.joined(settings.archive, $0))
        }
    }

    /// Only withdrawn hashtags make the site's copies of the archive differ from it.
    private func withdrawn() throws(FileError) -> [String] {
        let archive = settings.archive
        guard try FileStatus(of: FilePlace.joined(archive, ArchiveLayout.withdrawn)) != nil else {
            return []
        }
        var cut: [String] = []
        for list in ArchiveLayout.lists {
            for file in try Folder.files(below: FilePlace.joined(archive, list)) {
                let name = "\(list)/\(file)"
                let whole = try FileStatus(of: FilePlace.joined(archive, name))
                let shown = try FileStatus(
                    of: FilePlace.joined(settings.output, "\(SiteLayout.data)/\(name)"))
                if whole?.byteCount != shown?.byteCount { cut.append(name) }
            }
        }
        return [ArchiveLayout.withdrawn] + cut.filter { $0.hasSuffix(".csv") }
    }

    private func syncSettings(_ place: PublishPlace) throws -> SyncSettings {
        var sync = SyncSettings(
            folder: settings.output, destination: place.destination,
            choice: choice ?? SyncChoice(maxDeletes: settings.publish.maxDeletes),
            stateFolder: settings.syncFolder)
        sync.believed = list.map { ($0, FileList.lookedAt) }
        sync.distribution = place.distribution
        sync.certificates = place.certificates
        sync.retry = place.retry
        sync.siteAddress = settings.site.url.map(SiteAddress.ascii)
        sync.withheld = try withheld()
        sync.takenBack = try ChangeRow.gone(ArchiveReader(folder: settings.archive).changes())
        return sync
    }
}

extension SyncError: ExitCoded {
    var exitCode: ExitCode {
        switch self {
        case .prefix: .configuration
        case .busy: .busy
        case .store(let error), .table(let error): error.exitCode
        default: isRefusal ? .refused : .failed
        }
    }
}

extension AWSError: ExitCoded {
    /// What is wrong on this machine, before anyone was asked, is configuration.
    var exitCode: ExitCode {
        switch self {
        case .transport(let error): error.exitCode
        case .noCredentials, .incompleteCredentials, .noSuchProfile, .malformedProfile, .profile,
            .bucket, .distribution, .name, .noRegion:
            .configuration
        default: .failed
        }
    }
}

extension Settings {
    /// What sync keeps on this machine, beside the output folder.
    var syncFolder: String { RunLock.place(beside: output, ending: ".sync") }
}
