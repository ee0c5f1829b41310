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

    public var outcome: Outcome {
        if !failures.isEmpty { return .partly }
        return plan.actions.isEmpty && invalidated.isEmpty ? .nothingToDo : .done
    }
}

extension Report: CustomStringConvertible {
    /// One line; one more for each different failure.
    public var description: String {
        let summary =
            "\(uploadCount) uploaded (\(uploadByteCount) bytes), \(deleteCount) deleted, "
            + "\(plan.unchangedCount) unchanged, "
            + (invalidated.isEmpty ? "" : "\(invalidated.count) paths invalidated, ")
            + "\(requestCount) requests"
        let left = plan.actions.count - uploadCount - deleteCount
        guard outcome == .partly else { return summary }
        var reasons: [String] = []
        for failure in failures where !reasons.contains(failure.error.description) {
            reasons.append(failure.error.description)
        }
        return ([summary + ", \(left) left to do"] + reasons).joined(separator: "\n")
    }
}
