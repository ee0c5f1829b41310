import AWS
import Sync

/// The output folder, into the bucket. The caller holds the output's lock.
struct SyncStep {
    let context: RunContext
    let settings: Settings
    var choice: SyncChoice?
    var isDryRun = false
    /// Whether the report is printed for machines.
    var isJSON = false

    /// - Returns: done, also if there was nothing to do; partly if something is left for the next run.
    func run() async throws -> ExitCode {
        let settings = try syncSettings()
        let progress = SyncLine(console: context.console)
        let report = try await SyncRun(
            settings, credentials: credentials, isDryRun: isDryRun,
            progress: { progress.show($0) }
        ).run()
        progress.finish()
        // What a signal left undone is no failure: the run ends by the signal.
        if report.outcome == .partly { try Task.checkCancellation() }
        for note in report.notes { context.console.warn(note) }
        if isJSON {
            try context.console.output(report.json(isDryRun: isDryRun))
        } else if isDryRun {
            try context.console.output(Array("\(report.plan)\n".utf8))
        }
        if isDryRun { return .done }
        if report.outcome == .partly {
            context.console.fail("\(settings.bucket.name): \(report)")
        } else {
            context.console.note("\(settings.bucket.name): \(report).")
        }
        return report.outcome == .partly ? .partly : .done
    }

    private var home: String { context.environment["HOME"] ?? "" }

    var credentials: CachedCredentials {
        CachedCredentials(
            CredentialChain(
                environment: context.environment, home: home,
                region: settings.publish.endpoint == nil ? settings.publish.region : nil))
    }

    func syncSettings() throws -> SyncSettings {
        let publish = settings.publish
        guard let bucket = publish.bucket else { throw NoBucket() }
        return SyncSettings(
            folder: settings.output,
            bucket: try S3Bucket(name: bucket, region: try region(), endpoint: publish.endpoint),
            prefix: try Prefix(publish.prefix),
            choice: choice ?? SyncChoice(maxDeletes: publish.maxDeletes),
            stateFolder: RunLock.place(beside: settings.output, ending: ".sync"))
    }

    /// As the AWS tools find it: the setting, the environment, the profile. Other servers mostly take
    /// `us-east-1` for any.
    private func region() throws -> String {
        let environment = context.environment
        if let region = settings.publish.region ?? environment["AWS_REGION"]
            ?? environment["AWS_DEFAULT_REGION"]
        {
            return region
        }
        if let region = try Profile(environment: environment, home: home).region() { return region }
        guard settings.publish.endpoint != nil else { throw NoRegion() }
        return "us-east-1"
    }

    private struct NoBucket: ExitCoded, CustomStringConvertible {
        let description = "publish.bucket is not set: name the bucket of the site"
        let exitCode = ExitCode.configuration
    }

    private struct NoRegion: ExitCoded, CustomStringConvertible {
        let description =
            "publish.region is not set, and neither AWS_REGION nor a profile names one"
        let exitCode = ExitCode.configuration
    }
}

extension SyncError: ExitCoded {
    var exitCode: ExitCode {
        switch self {
        case .prefix: .configuration
        case .busy: .busy
        case .store(let error): error.exitCode
        default: isRefusal ? .refused : .failed
        }
    }
}

extension AWSError: ExitCoded {
    /// What is wrong on this machine, before anyone was asked, is configuration.
    var exitCode: ExitCode {
        switch self {
        case .noCredentials, .incompleteCredentials, .noSuchProfile, .malformedProfile, .profile,
            .bucket:
            .configuration
        default: .failed
        }
    }
}
