import ArgumentParser

/// The root command: what `tidemark --help` shows.
struct Tidemark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tidemark",
        abstract: "Publishes what people are talking about.",
        discussion: """
            Exit codes: 0 done or nothing to do, 1 failed, 2 partly done, 3 refused by a safety \
            rule, 64 usage, 75 another run holds the lock, 78 configuration.
            """,
        version: Release.name,
        subcommands: [
            PublishCommand.self, SnapshotCommand.self, WatchCommand.self, FollowCommand.self,
            RelayCommand.self, EngineCommand.self,
            CountCommand.self, PartCommand.self, TagsCommand.self, BuildCommand.self,
            SyncCommand.self,
            PullCommand.self,
            VerifyCommand.self, ExportCommand.self, WithdrawCommand.self, RepairCommand.self,
            RenameSourceCommand.self,
            ServeCommand.self, BucketCommand.self, TableCommand.self, PolicyCommand.self,
            DoctorCommand.self, ScheduleCommand.self,
            StatusCommand.self, InitCommand.self,
        ])

    func run() throws { throw CleanExit.helpRequest(self) }
}
