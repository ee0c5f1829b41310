import FoundationEssentials

extension Report {
    /// One JSON object with the plan and what became of it, and a line feed.
    ///
    /// `outcome` is `nothing to do`, `done`, `partly` or, of a dry run, `planned`; `bytes` of an
    /// action are those of the file, `bytes` of `sent` those that went over the line.
    public func json(isDryRun: Bool) -> [UInt8] {
        let actions = plan.actions.map { action in
            Layout.Action(
                action: action.kind == .delete ? "delete" : "upload", path: action.path.text,
                bytes: action.byteCount, reason: action.reason.rawValue,
                phase: action.phase.description)
        }
        let layout = Layout(
            outcome: isDryRun ? "planned" : outcome.rawValue, actions: actions,
            unchanged: plan.unchangedCount,
            sent: .init(
                uploads: isDryRun ? 0 : uploadCount, bytes: isDryRun ? 0 : uploadByteCount,
                deletes: isDryRun ? 0 : deleteCount, requests: requestCount),
            failures: failures.map { .init(path: $0.path?.text, error: $0.error.description) },
            notes: notes)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return ((try? encoder.encode(layout)).map { [UInt8]($0) } ?? []) + [0x0A]
    }

    private struct Layout: Encodable {
        struct Action: Encodable {
            var action: String
            var path: String
            var bytes: Int
            var reason: String
            var phase: String
        }

        struct Sent: Encodable {
            var uploads: Int
            var bytes: Int
            var deletes: Int
            var requests: Int
        }

        struct Failure: Encodable {
            var path: String?
            var error: String
        }

        var outcome: String
        var actions: [Action]
        var unchanged: Int
        var sent: Sent
        var failures: [Failure]
        var notes: [String]
    }
}
