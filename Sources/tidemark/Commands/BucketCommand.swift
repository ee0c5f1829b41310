import AWS
import ArgumentParser
import Output

/// `tidemark bucket`: shows how the bucket is set up, and sets it up.
struct BucketCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "bucket",
        abstract: "Show, or set up, the bucket: access, policy, website, CORS.",
        discussion: """
            Prints how each setting differs from what a site needs, and changes nothing without \
            --apply. What others set stays. Versioning is advised, and left to you.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Make the settings what the site needs. It can then be read by anyone.")
    var apply = false

    @Flag(help: "Print the least IAM policy that publishing needs; asks no server.")
    var policy = false

    @Flag(help: "Print for machines: one JSON object.")
    var json = false

    func validate() throws {
        if policy && (apply || json) {
            throw ValidationError("--policy stands alone")
        }
    }

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        let place = try PublishPlace(settings, context, retry: PublishPlace.promptly)
        let bucket = try place.bucket()
        let prefix = settings.publish.prefix
        if policy {
            let text = SitePolicy(bucket: bucket, prefix: prefix)
                .ofPublisher(distribution: settings.publish.distribution)
            try context.console.output(Array((text + "\n").utf8))
            return .done
        }
        let client = try BucketClient(
            bucket: bucket, credentials: place.credentials, retry: place.retry,
            certificates: place.certificates)
        let setup = BucketSetup(
            client: client, prefix: prefix, index: SiteLayout.front, missing: SiteLayout.missing)
        let items = try await setup.items()
        if let note = client.bucket.note(on: bucket.region) { context.console.warn(note) }
        let report = BucketReport(bucket: bucket.name, items: items)
        try context.console.output(json ? report.json : Array(report.text.utf8))
        let due = items.filter { [.missing, .differs].contains($0.state) }
        guard apply else {
            if !due.isEmpty && !json { context.console.note("Nothing is changed without --apply.") }
            return .done
        }
        for (index, item) in due.enumerated() {
            do {
                try await setup.apply(item)
            } catch {
                let left = due[index...].map(\.setting.rawValue).joined(separator: ", ")
                context.console.fail("\(bucket.name): left to do: \(left): \(error)")
                return index == 0 ? .failed : .partly
            }
        }
        context.console.note(
            due.isEmpty
                ? "\(bucket.name): nothing to do."
                : "\(bucket.name): set \(due.map(\.setting.rawValue).joined(separator: ", ")).")
        return .done
    }
}
