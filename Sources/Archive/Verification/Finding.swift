/// Something in an archive that is not as it should be.
///
/// The sentence may hold text of the archive: escape it for a terminal.
public struct Finding: Hashable, Sendable {
    public let check: ArchiveCheck
    /// `archive/top/2026/2026-11-22.csv:17: accounts: 9 of 8 in the window`.
    public let sentence: String

    init(_ check: ArchiveCheck, _ file: String, line: Int? = nil, _ sentence: String) {
        self.check = check
        self.sentence = line.map { "\(file):\($0): \(sentence)" } ?? "\(file): \(sentence)"
    }

    init(_ error: ArchiveError) {
        check =
            switch error {
            case .header: .header
            case .fieldCount, .malformed: .form
            case .file, .misspelled, .alreadyArchived: .name
            }
        sentence = error.description
    }
}

extension Finding: CustomStringConvertible {
    public var description: String { sentence }
}
