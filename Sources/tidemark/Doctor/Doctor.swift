import AWS
import Archive
import Files
import Glibc
import Output
import Snapshot
import Sync
import Transport

/// Looks at everything that a run needs, without doing what a run does.
struct Doctor {
    let context: RunContext

    /// Clocks further apart than this are refused by S3, and put posts into wrong slots.
    private static let greatestLead = 300

    /// Hands over each line as soon as it is known.
    func examine(_ report: (Diagnosis) throws -> Void) async throws {
        let settings: Settings
        do {
            settings = try context.settings()
        } catch {
            try report(Diagnosis(.wrong, "configuration", "\(error)"))
            return try report(library(needsWebSocket: false))
        }
        try report(Diagnosis(.ok, "configuration", settings.file ?? origin(of: settings)))
        let needsWebSocket = settings.sources.contains(where: \.kind.needsWebSocket)
        try report(library(needsWebSocket: needsWebSocket))
        for (key, folder) in [("archive", settings.archive), ("output", settings.output)] {
            try report(place(key, folder))
        }
        if OutputFolder(settings.output).isMountPoint {
            try report(
                Diagnosis(
                    .note, "output",
                    "\(settings.output) is a mount point and cannot be exchanged as a whole: builds go into it "
                        + "file by file, pages after what they lead to"))
        }
        var leads: [(server: String, seconds: Int)] = []
        let run = SourceRun(
            archive: settings.archive, schedule: settings.window.schedule,
            certificates: context.certificates, environment: context.environment,
            publish: settings.publish, retry: PublishPlace.promptly)
        var sources = settings.sources
        do {
            try settings.requireSources()
        } catch {
            // Nothing would be read, not even the demonstration.
            sources = []
            try report(Diagnosis(.wrong, "sources", "\(error)"))
        }
        for source in sources {
            let name = "sources.\(source.name)"
            if let parent = source.of {
                try report(Diagnosis(.ok, name, "is read with \(parent)"))
                continue
            }
            do {
                let checks = try await source.kind.postSource(named: source.name, for: run).check()
                if checks.isEmpty { try report(Diagnosis(.ok, name, "needs nothing from outside")) }
                for check in checks {
                    // An error names what it is about by itself, and more exactly.
                    let isNamed = check.finding.hasPrefix(check.subject)
                    let authority = check.isWrong ? await authority(wantedBy: check) : ""
                    try report(
                        Diagnosis(
                            check.isWrong ? .wrong : .ok, name,
                            (isNamed ? check.finding : "\(check.subject): \(check.finding)")
                                + authority))
                    if let lead = check.clockLead { leads.append((check.subject, lead)) }
                }
            } catch let error as ConsoleError {
                throw error
            } catch {
                try report(Diagnosis(.wrong, name, "\(error)"))
            }
        }
        for diagnosis in counted(settings) { try report(diagnosis) }
        let (diagnoses, lead) = await published(settings)
        if let lead { leads.append(lead) }
        let (table, tableLead) = await TableTrial(settings, context).run()
        if let tableLead { leads.append(tableLead) }
        try report(clock(leads))
        for diagnosis in diagnoses + table { try report(diagnosis) }
        if let address = address(settings) { try report(address) }
    }

    private func counted(_ settings: Settings) -> [Diagnosis] {
        do {
            // What else is there was said above.
            let isThere = try FilePlace.kind(of: settings.archive) == .folder
            let reader = ArchiveReader(folder: settings.archive)
            let windows = isThere ? try reader.windows() : []
            // Small tables that each build wants.
            if isThere { _ = try (reader.withdrawals(), reader.rules(), reader.changes()) }
            let ahead = ClockRefusal(of: windows, at: context.now).map {
                Diagnosis(.wrong, "archive", "\($0)")
            }
            return [ahead].compactMap(\.self)
                + CountedNothing(settings: settings, windows: windows).diagnoses
        } catch {
            let sentence = (error as? ArchiveError)?.sentence ?? "\(error)"
            return [Diagnosis(.wrong, "archive", sentence)]
        }
    }

    /// Where settings without a file come from.
    private func origin(of settings: Settings) -> String {
        let isDemonstration = settings.sources.allSatisfy { $0.kind is Settings.Sample }
        return isDemonstration
            ? "no file, so the demonstration is built; tidemark init writes one to begin with"
            : "no file: the sources come from the environment and flags"
    }

    private func library(needsWebSocket: Bool) -> Diagnosis {
        let version = "libcurl \(CurlLibrary.version)"
        if CurlLibrary.hasWebSocket {
            return Diagnosis(.ok, "libraries", "\(version) with WebSocket")
        }
        return Diagnosis(
            needsWebSocket ? .wrong : .note, "libraries",
            "\(version) without WebSocket, which sources of kind bluesky need; install 8.11 or later"
        )
    }

    /// Whether a folder, or what is there of the folders above it, can be written.
    private func place(_ key: String, _ folder: String) -> Diagnosis {
        var path = folder
        do throws(FileError) {
            while !path.isEmpty {
                let kind = try FilePlace.kind(of: path)
                if kind == .folder { break }
                guard kind == nil else {
                    return Diagnosis(.wrong, key, "\(path) is not a folder")
                }
                if try FileStatus(of: path, followingLinks: false) != nil {
                    throw FileError(.write, path, .brokenLink)
                }
                path = FilePlace.folder(of: path)
            }
        } catch {
            return Diagnosis(.wrong, key, "\(error)")
        }
        let existing = path.isEmpty ? "." : path
        if folder.unicodeScalars.contains("\u{FFFD}") {
            return Diagnosis(.wrong, key, "\(FileError(.write, folder, .noFolder))")
        }
        guard access(existing, W_OK | X_OK) == 0 else {
            let owner = FileOwner.other(of: existing)
            return Diagnosis(
                .wrong, key,
                "\(existing) cannot be written by this user"
                    + (owner.map { ", who is \(FileOwner.current): it is \($0)'s" } ?? ""))
        }
        return Diagnosis(
            .ok, key, existing == folder ? "\(folder) can be written" : "\(folder) can be made")
    }

    private func clock(_ leads: [(server: String, seconds: Int)]) -> Diagnosis {
        do throws(ClockRefusal) {
            _ = try ClockStep(context: context).begin()
        } catch {
            return Diagnosis(.wrong, "clock", "\(error)")
        }
        guard let worst = leads.max(by: { abs($0.seconds) < abs($1.seconds) }) else {
            return Diagnosis(
                .note, "clock", "not compared, as no server was asked that tells the time")
        }
        guard abs(worst.seconds) > Self.greatestLead else {
            return Diagnosis(.ok, "clock", "within \(abs(worst.seconds)) s of \(worst.server)")
        }
        return Diagnosis(
            .wrong, "clock",
            "\(abs(worst.seconds)) s \(worst.seconds > 0 ? "behind" : "ahead of") \(worst.server); "
                + "set it, best by NTP")
    }

    private func branch(_ branch: GitBranch) async -> Diagnosis {
        do {
            let isThere = try await branch.isThere()
            return Diagnosis(
                .ok, "publish.repository",
                "answers, and would take a push; "
                    + (isThere
                        ? "it has a branch \(branch.name)"
                        : "the first publish makes its branch \(branch.name)"))
        } catch {
            return Diagnosis(.wrong, "publish.repository", "\(error)")
        }
    }

    /// Whether a web server of another user can show it, as far as modes tell.
    private func readers(of directory: String) -> Diagnosis? {
        do throws(FileError) {
            guard let closed = try PublicAccess(root: directory).firstClosed() else { return nil }
            let mode = try FilePlace.kind(of: closed) == .folder ? "755" : "644"
            return Diagnosis(
                .note, "publish.directory",
                "\(closed) can be read by this user alone, and so by no web server of another: chmod \(mode) it, "
                    + "or give it to the server's group")
        } catch {
            return Diagnosis(.wrong, "publish.directory", "\(error)")
        }
    }

    /// What is wrong with the manifest of a site that is published there.
    private func manifest(in directory: String) -> Diagnosis? {
        do {
            let path = "\(directory)/\(SitePath.manifest)"
            if let bytes = try WholeFile.readIfPresent(path) { try PublishedManifest.check(bytes) }
            return nil
        } catch {
            return Diagnosis(.wrong, "publish.directory", "\(error)")
        }
    }

    /// What is wrong where the site goes, and how far the clock there is ahead.
    private func published(
        _ settings: Settings
    ) async -> (diagnoses: [Diagnosis], lead: (server: String, seconds: Int)?) {
        if let directory = settings.publish.directory {
            let place = place("publish.directory", directory)
            guard place.verdict == .ok else { return ([place], nil) }
            return (
                [place] + [readers(of: directory), manifest(in: directory)].compactMap(\.self), nil
            )
        }
        if let repository = settings.publish.repository {
            let diagnoses = [
                await branch(GitBranch(repository: repository, name: settings.publish.branch)),
                Diagnosis(
                    .note, "publish.repository",
                    "what of the archive is withheld, such as withdrawn.csv, is not saved there, as anybody can read "
                        + "a branch: back up \(settings.archive)"),
            ]
            return (diagnoses, nil)
        }
        guard settings.publish.bucket != nil else {
            let sentence = "not set, so the site stays in \(settings.output)"
            return ([Diagnosis(.note, "publish.bucket", sentence)], nil)
        }
        do {
            return try await BucketTrial(
                PublishPlace(settings, context, retry: PublishPlace.promptly),
                prefix: settings.publish.prefix
            ).run()
        } catch AWSError.transport(let error) {
            let authority = await authority(missingBy: error)
            return ([Diagnosis(.wrong, "publish.bucket", error.sentence + authority)], nil)
        } catch {
            return ([Diagnosis(.wrong, "publish.bucket", "\(error)")], nil)
        }
    }

    /// Where readers find the site, if nobody said.
    private func address(_ settings: Settings) -> Diagnosis? {
        guard settings.site.url == nil, settings.publish.hasPlace else { return nil }
        return Diagnosis(
            .note, "site.url", settings.sentence(onAddress: settings.website(context)))
    }

    /// Who vouches for the server of an error, if that is what is wrong.
    private func authority(missingBy error: TransportError) async -> String {
        guard case .failed(let shown, TransportError.untrusted, _) = error else { return "" }
        return await authority(of: shown)
    }

    /// The same for a source, which tells its errors in words.
    private func authority(wantedBy check: SourceCheck) async -> String {
        check.finding.contains(TransportError.adviceOnAuthorities)
            ? await authority(of: check.subject) : ""
    }

    private func authority(of server: String) async -> String {
        guard let address = try? Address(server), let issuer = await Authority.issuer(of: address)
        else { return "" }
        return "; its certificate is issued by \(issuer)"
    }
}
