import ArgumentParser

/// `tidemark serve`: the site on loopback.
struct ServeCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Preview the built site on this machine.",
        discussion: """
            Shows as live.json what tidemark follow has written last; with --live it follows the live sources \
            itself, for this machine alone. Ends with Ctrl-C.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: "Port on 127.0.0.1; 0 takes a free one.")
    var port: UInt16 = 8080

    @Flag(help: "Follow the live sources, and show on the front page what goes on now.")
    var live = false

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        let server = try PreviewServer(
            folder: settings.output, live: FollowStep.file(beside: settings.output))
        let follow =
            live
            ? FollowStep(
                context: context, settings: settings, sources: try settings.followed([]), copy: nil)
            : nil
        do {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await server.run(port: port) { address in
                        // The address is this command's result. A closed pipe is no reason to stop.
                        try? context.console.output(Array("\(address)\n".utf8))
                    }
                    return true
                }
                if let follow {
                    group.addTask { [console = context.console] in
                        do {
                            try await follow.run()
                        } catch let error as RunLockError {
                            console.warn("\(error) but show what the other writes")
                        }
                        return false
                    }
                }
                defer { group.cancelAll() }
                while let isOver = try await group.next(), !isOver {}
            }
        } catch  where Task.isCancelled {
            // Ctrl-C is how a preview ends.
        }
        return .done
    }
}
