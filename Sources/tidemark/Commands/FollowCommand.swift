import ArgumentParser
import Snapshot
import Sync

/// `tidemark follow`: what is going on now, each minute.
struct FollowCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Follow the live sources for good, and publish each minute what goes on now.",
        discussion: """
            Reads sources of kind bluesky and kafka from the start of the running slot, and mastodon with mode stream, \
            until it is ended, and writes live.json beside the output folder and where the site is \
            published: the front page shows it while it is fresh. Archives nothing, and runs beside \
            publishes. A source of kind socket, kinesis or x has to be named, and is left alone while a publish \
            reads it; the posts of x cost money and come out of its budget. In a bucket, an object a \
            minute costs about 0.22 USD a month.
            """)

    @Argument(help: "Sources to follow; without any, all that cost nothing and that two can read.")
    var names: [String] = []

    @OptionGroup var options: GlobalOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        let sources = try settings.followed(names)
        var copy: LiveCopy?
        if settings.publish.hasPlace {
            let place = try PublishPlace(settings, context, retry: PublishPlace.promptly)
            copy = try LiveCopy(
                at: place.destination, credentials: place.credentials, retry: place.retry,
                certificates: place.certificates)
            if copy == nil {
                context.console.warn(
                    "publish.repository: a branch keeps each version of a file for ever, so live.json is not put there; "
                        + "tidemark serve --live shows it on this machine")
            }
        }
        do {
            try await FollowStep(
                context: context, settings: settings, sources: sources, copy: copy
            ).run()
        } catch  where Task.isCancelled {
            // To be ended is how it ends.
        }
        return .done
    }
}
