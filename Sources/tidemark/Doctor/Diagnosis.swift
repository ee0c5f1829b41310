import Text

/// One line of `tidemark doctor`.
struct Diagnosis: Hashable, Sendable {
    enum Verdict: String, Sendable {
        case ok
        /// Nothing is wrong, and there is something to know.
        case note
        /// A run would fail by it.
        case wrong
    }

    let verdict: Verdict
    let subject: String
    let finding: String

    init(_ verdict: Verdict, _ subject: String, _ finding: String) {
        self.verdict = verdict
        self.subject = subject
        self.finding = finding
    }

    /// `wrong  publish.bucket: …`, fit for a terminal.
    var line: String {
        let word = verdict.rawValue.padding(to: 6)
        return terminalSafe("\(word) \(subject): \(finding)", limit: .max)
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - utf8.count))
    }
}
