import AWS
import Archive
import Sync
import Text

/// The archive, and the table of DynamoDB that it is kept in besides. The caller holds the archive's lock.
struct TableStep {
    let context: RunContext
    let settings: Settings

    /// Brings the table in step with the archive, if there is one.
    ///
    /// What is wrong with it stops nothing else: the archive is whole, and the next run makes it good.
    ///
    /// - Returns: how the run has gone with it, which went like this before.
    func push(after code: ExitCode) async throws -> ExitCode {
        guard settings.dynamodb.table != nil else { return code }
        let console = context.console
        do {
            let client = try client()
            console.progress("Bringing \(settings.archive) to table \(client.table)…")
            let report = try await TablePush(of: settings.archive, to: client)
                .run(ArchiveReader(folder: settings.archive).changes())
            console.progress(nil)
            if report.fileCount > 0 {
                console.note(
                    "table \(client.table): \(quantity(report.windowCount, "window")) in "
                        + "\(quantity(report.fileCount, "file"))."
                )
            }
            return code
        } catch SyncError.table(.transport(.cancelled)) {
            throw CancellationError()
        } catch let error as SyncError {
            console.progress(nil)
            console.fail("\(error)")
            return error.isRefusal ? .refused : code == .done ? .partly : code
        } catch let error as AWSError {
            console.fail("\(error)")
            return code == .done ? .partly : code
        }
    }

    /// On a machine without an archive, that of the table, so that no slot is read again that it has.
    func pullIfEmpty() async throws {
        guard settings.dynamodb.table != nil, !settings.publish.hasPlace,
            try ArchiveReader(folder: settings.archive).years().isEmpty
        else { return }
        let client = try client()
        let report = try await TablePull(from: client, into: settings.archive).run()
        if !report.isEmpty { tell(report, of: client) }
    }

    /// - Throws: `NothingPublished` if the table has no archive.
    func pull() async throws -> ExitCode {
        let client = try client()
        let report = try await TablePull(from: client, into: settings.archive).run()
        guard !report.isEmpty else {
            throw PullStep.NothingPublished(place: "table \(client.table)")
        }
        tell(report, of: client)
        return report.unverified.isEmpty ? .done : .partly
    }

    /// Makes one archive of the table's and that of this machine.
    func merge() async throws -> ExitCode {
        let client = try client()
        let name = "table \(client.table)"
        guard let files = try await TablePull(from: client, into: settings.archive).differing()
        else { throw PullStep.NothingPublished(place: name) }
        try PullStep(context: context, settings: settings).merge(files, from: name)
        return .done
    }

    private func tell(_ report: PullReport, of client: TableClient) {
        let console = context.console
        console.note("\(settings.archive): \(report), from table \(client.table).")
        if !report.unverified.isEmpty {
            console.warn(
                "table \(client.table): a run died over \(quantity(report.unverified.count, "file")), such as "
                    + "\(report.unverified[0]), or is at work on them: they may lack their last windows; look with "
                    + "tidemark verify")
        }
    }

    /// Throws an error of configuration if there is none.
    func client() throws -> TableClient {
        guard let client = try settings.dynamodb.client(context.environment) else {
            throw NoTable()
        }
        return client
    }

    private struct NoTable: ExitCoded, CustomStringConvertible {
        let description = "dynamodb.table is not set: name the table that the archive is kept in"
        let exitCode = ExitCode.configuration
    }
}
