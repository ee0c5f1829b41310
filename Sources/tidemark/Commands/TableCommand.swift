import AWS
import ArgumentParser

/// `tidemark table`: shows the table that the archive is kept in besides, and makes it.
struct TableCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Show, or make, the table of DynamoDB that the archive is kept in.",
        discussion: """
            Says whether dynamodb.table is there and has the keys that it needs, and changes nothing without --apply. It is \
            billed by request, and protected from being deleted by mistake. The next snapshot or publish \
            brings the whole archive there.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Make the table, if it is not there.")
    var apply = false

    @Flag(help: "Print the least IAM policy that keeping the archive there needs; asks no server.")
    var policy = false

    func validate() throws {
        if policy && apply { throw ValidationError("--policy stands alone") }
    }

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        let client = try TableStep(context: context, settings: settings).client()
        let console = context.console
        if policy {
            let text = TablePolicy(table: client.table, at: client.access).ofPublisher
            try console.output(Array((text + "\n").utf8))
            return .done
        }
        if let summary = try await client.summary() {
            try console.output(
                Array("table \(client.table): \(summary.sentence ?? "is as it should be")\n".utf8))
            return summary.sentence == nil ? .done : .failed
        }
        guard apply else {
            try console.output(
                Array("table \(client.table): is not there; --apply makes it\n".utf8))
            return .done
        }
        try await client.create()
        console.progress("Waiting for table \(client.table)…")
        var summary = try await client.summary()
        for _ in 0..<Self.mostLooks where summary?.status != "ACTIVE" {
            try await Task.sleep(for: .seconds(1))
            summary = try await client.summary()
        }
        console.progress(nil)
        console.note("table \(client.table): made.")
        return summary?.status == "ACTIVE" ? .done : .partly
    }

    private static let mostLooks = 60
}

extension TableClient.Summary {
    /// What is wrong with the table; nil if nothing is.
    var sentence: String? {
        if !hasOurKeys {
            return
                "has other keys than file and part, both text: name another table, and tidemark table --apply makes it"
        }
        return status == "ACTIVE" || status == "UPDATING"
            ? nil : "is not ready: it is \(status.lowercased())"
    }
}
