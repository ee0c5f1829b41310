import Files
import Output
import Snapshot
import Sync
import Synchronization
import Text

/// Follows live sources for good, and writes each minute what they have brought of the running slot: beside the output
/// folder, and where the site is published.
final class FollowStep: Sendable {
    let context: RunContext
    let settings: Settings
    let sources: [Settings.Source]
    /// Nil for this machine alone.
    let copy: LiveCopy?
    /// The last document, and whether the last one could be sent.
    private let state = Mutex<(document: LiveDocument?, isFailing: Bool)>((nil, false))

    init(
        context: RunContext, settings: Settings, sources: [Settings.Source], copy: LiveCopy?
    ) {
        (self.context, self.settings, self.sources, self.copy) = (context, settings, sources, copy)
    }

    /// Where the file lies on this machine, so that no build and no publish meets it.
    static func file(beside output: String) -> String {
        RunLock.place(beside: output, ending: ".\(SiteLayout.live)")
    }

    /// Until the task is cancelled; then the front page is told that nobody follows any more.
    ///
    /// - Throws: also `RunLockError` where another follows already.
    func run() async throws {
        let place = RunLock.place(beside: settings.output, ending: ".live.lock")
        try await RunLock.holding(place, since: context.now) { try await follow() }
    }

    private func follow() async throws {
        let lock = RunLock.archive(settings.archive)
        let run = FollowRun(
            try settings.snapshotRun(
                of: sources, isLive: true, readsEditionsTogether: true,
                certificates: context.certificates, environment: context.environment),
            exclusive: Set(sources.filter(\.kind.isExclusive).map(\.name)),
            isBusy: { FileLock.isHeld(lock) },
            clock: context.options.now.map { .beginning(at: $0) } ?? .machine,
            tell: { [console = context.console] notice in
                if case .recovered = notice {
                    console.say("\(notice).")
                } else {
                    console.warn("\(notice)")
                }
            })
        context.console.progress("Following \(sources.map(\.name).joined(separator: ", "))…")
        defer { context.console.progress(nil) }
        let earlier = LiveDocument(file: Self.file(beside: settings.output))
        do {
            try await run.run { live in
                var document = LiveDocument(live, of: self.settings) { path in
                    (try? FilePlace.kind(of: "\(self.settings.output)/\(path)")) == .file
                }
                // Whoever begins in the middle of a slot has to read it first.
                earlier.map { document.complete(by: $0, of: self.sources.map(\.name)) }
                document.leaveOut { live.withdrawn.contains(ExactText($0)) }
                await self.send(document)
            }
        } catch {
            await Task { await sayGoodbye() }.value
            throw error
        }
    }

    private func send(_ document: LiveDocument) async {
        let isFailing = state.withLock { state in
            state.document = document
            return state.isFailing
        }
        var failure: (any Error)?
        do {
            try WholeFile.write(
                document.bytes, to: Self.file(beside: settings.output), isSynced: false)
        } catch {
            failure = error
        }
        // A disk that is full here need not be there.
        do {
            try await copy?.put(document.bytes)
        } catch {
            failure = error
        }
        guard let failure else {
            if isFailing { context.console.say("\(SiteLayout.live): is sent again.") }
            return state.withLock { $0.isFailing = false }
        }
        guard !Task.isCancelled else { return }
        if !isFailing {
            context.console.warn(
                "\(SiteLayout.live) could not be sent: \(failure); the front page does not show what is going on now "
                    + "until it can, which is tried each minute")
        }
        state.withLock { $0.isFailing = true }
    }

    private func sayGoodbye() async {
        guard var document = state.withLock({ $0.document }) else { return }
        document.sources = []
        await send(document)
    }
}
