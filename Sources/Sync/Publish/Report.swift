import FoundationEssentials
import Text

/// What a publish did.
public struct Report: Hashable, Sendable {
    public struct Failure: Hashable, Sendable {
        /// Nil if it was not about one object.
        public var path: SitePath?
        public var error: SyncError
    }

    public enum Outcome: String, Sendable {
        case nothingToDo = "nothing to do"
        case done
        /// Some of it is left for the next run.
        case partly
    }

    public var plan: Plan
    public var uploadCount = 0
    public var uploadByteCount = 0
    public var deleteCount = 0
    /// Paths of the site's address that the edge was told to ask for anew.
    public var invalidated: [String] = []
    public var failures: [Failure] = []
    /// Requests sent, repeated ones too.
    public var requestCount = 0
    /// What the operator should know of the bucket, though it went well.
    public var notes: [String] = []
    /// Of the manifest as it is now, if it is known.
    var tag: String?

    public var outcome: Outcome {
        if !failures.isEmpty { return .partly }
        return plan.actions.isEmpty && invalidated.isEmpty ? .nothingToDo : .done
    }
}

extension Report: CustomStringConvertible {
    /// One line; one more for each different failure.
    public var description: String {
        let summary =
            "\(uploadCount) uploaded (\(quantity(uploadByteCount, "byte"))), \(deleteCount) deleted, "
            + "\(plan.unchangedCount) unchanged, "
            + (invalidated.isEmpty ? "" : "\(quantity(invalidated.count, "path")) invalidated, ")
            + quantity(requestCount, "request")
        let left = plan.actions.count - uploadCount - deleteCount
        guard outcome == .partly else { return summary }
        var reasons: [String] = []
        for failure in failures where !reasons.contains(failure.error.description) {
            reasons.append(failure.error.description)
        }
        return ([summary + ", \(left) left to do"] + reasons).joined(separator: "\n")
    }
}

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
            unchanged: plan.unchangedCount, invalidated: invalidated,
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
        var invalidated: [String]
        var sent: Sent
        var failures: [Failure]
        var notes: [String]
    }
}

/// How far a publish has come.
public enum SyncProgress: Sendable {
    /// Nothing is changed yet.
    case planned(Plan)
    /// One more action is done; so many bytes went over the line for it.
    case done(Action, byteCount: Int)
}
