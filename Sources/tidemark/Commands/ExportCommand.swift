import Archive
import ArgumentParser
import Calendar
import Export
import Files
import Text

/// `tidemark export`: the archive as one file that other programs open.
struct ExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the archive into an SQLite database.",
        discussion: """
            It has a table for each kind of list, with types and keys, and holds what the site shows: what was withdrawn is \
            left out. The file is made from scratch each time, and takes the place of an older one when it is whole. A file \
            that is not a database is never overwritten (exit code 3). With --archive it also takes a copy of the published \
            data.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("The database to be made.", valueName: "file"))
    var sqlite: String

    func run(_ context: RunContext) async throws -> ExitCode {
        let folder = try context.settings().archive
        guard try FilePlace.kind(of: folder) != nil else { throw ExportError.noArchive(folder) }
        do {
            return try await RunLock.holding(RunLock.archive(folder), since: context.now) {
                try export(folder, context)
            }
        } catch RunLockError.unusable {
            // Nobody writes a folder that cannot be locked, such as a copy on read-only media.
            return try export(folder, context)
        }
    }

    private func export(_ folder: String, _ context: RunContext) throws -> ExitCode {
        let console = context.console
        let report: ArchiveExport.Report
        do throws(ExportError) {
            report = try ArchiveExport(ArchiveReader(folder: folder)).write(
                to: sqlite,
                month: { console.progress("\(sqlite): \($0.description.prefix(7))…") },
                isCancelled: { Task.isCancelled })
        } catch .cancelled {
            throw CancellationError()
        }
        console.progress(nil)
        console.note(
            "\(sqlite): \(quantity(report.windows, "window")) and \(quantity(report.rows, "row")) of their lists."
        )
        return .done
    }
}

extension ExportError: ExitCoded {
    var exitCode: ExitCode {
        switch self {
        case .foreign, .inUse: .refused
        default: .failed
        }
    }
}
