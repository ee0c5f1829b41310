import ArgumentParser

/// `tidemark serve`: the site on loopback.
struct ServeCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Preview the built site on this machine.",
        discussion: "Ends with Ctrl-C.")

    @OptionGroup var options: GlobalOptions

    @Option(help: "Port on 127.0.0.1; 0 takes a free one.")
    var port: UInt16 = 8080

    func run(_ context: RunContext) async throws -> ExitCode {
        let server = try PreviewServer(folder: try context.settings().output)
        do {
            try await server.run(port: port) { address in
                // The address is this command's result. A closed pipe is no reason to stop.
                try? context.console.output(Array("\(address)\n".utf8))
            }
        } catch  where Task.isCancelled {
            // Ctrl-C is how a preview ends.
        }
        return .done
    }
}
