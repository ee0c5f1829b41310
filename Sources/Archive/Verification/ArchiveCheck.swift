/// What `ArchiveVerification` looks for, one name for each kind of finding.
public enum ArchiveCheck: String, CaseIterable, Sendable {
    /// Every file of its folders has the name of its year or day, and can be read.
    case name
    /// The first line names the columns.
    case header
    /// Every line can be read, and is what Tidemark would write for its values.
    case form
    /// The last line ends with LF. Harmless: it is as if not written, and the next append removes it; a window's that
    /// is whole is completed.
    case torn
    /// Every list belongs to a window. Harmless: a killed run left it, and it counts nowhere.
    case leftover
    /// Every list has its window, but for those of one slot behind a source's last window.
    case lost
    /// A line stands in the file of its slot's year or day.
    case place
    /// A slot starts on the hour.
    case alignment
    /// A source with a schedule has a window for every slot that passed a day or more before its last.
    case gap
    /// What held of windows when is told once for each, and explains the hash of every window.
    case rules
    /// No slot starts later than now.
    case future
    /// A slot of a source has one window.
    case once
    /// A window starts within a day of its slot's start, and ends after it starts.
    case times
    /// Coverage lies from 0 to 1 and agrees with the status.
    case coverage
    /// A missing window counts nothing and has no lists.
    case missing
    /// Parts are no more than the whole: accounts and posts of a tag, of a window, and their tags.
    case sums
    /// Ranks run from 1 without holes and follow the counts, the same way in every list of a window.
    case ranks
    /// Keys are normalised, and a list has each once.
    case keys
    /// A spelling is one of its key.
    case spellings
    /// A window's top is the head of its tail, as far as the tail takes its tags.
    case tail
    /// Expected accounts and scores follow from the tails of earlier days.
    case scores
    /// The trending list is what follows from the window's tail and those of earlier days.
    case trending
    /// What was written and given with hashtags is told of listed ones alone, in order, once, and no more of it
    /// than there may be.
    case context
    /// The files of a published copy are those that its lists of checksums name.
    case checksum
    /// Scores can be recomputed. Harmless: an earlier window was read again after they were made.
    case superseded

    /// Whether a finding is no reason to distrust the archive.
    public var isHarmless: Bool {
        switch self {
        case .torn, .leftover, .superseded: true
        default: false
        }
    }
}
