import Archive
import Calendar
import Synchronization
import Text

/// What whoever follows sources is told.
public enum FollowNotice: Sendable, CustomStringConvertible {
    case failed(source: String, any Error)
    /// Nothing new has come for ten minutes.
    case silent(source: String)
    /// Something comes again.
    case recovered(source: String)
    case archive(ArchiveError)
    /// The servers say another time than this machine.
    case clock(machine: Timestamp, others: Timestamp)

    public var description: String {
        switch self {
        case .failed(let source, let error):
            sentence("\(source): \(error)", goingOn: "it is tried again and again")
        case .silent(let source):
            "\(source): nothing new has come for ten minutes; it is tried again and again"
        case .recovered(let source): "\(source): posts come again"
        case .archive(let error): "\(error)"
        case .clock(let machine, let others):
            "the clock of this machine shows \(machine), and the servers say \(others): what goes on now cannot be told "
                + "until they agree; set the clock, best by NTP"
        }
    }
}

/// The faults that have been told, so that each is told once as long as it lasts.
final class FollowFaults: Sendable {
    private let tell: @Sendable (FollowNotice) -> Void
    private let told = Mutex<Set<String>>([])
    private let silent = Mutex<Set<String>>([])

    init(_ tell: @escaping @Sendable (FollowNotice) -> Void) { self.tell = tell }

    /// Says it unless it has been said since the source last brought something.
    func met(_ notice: FollowNotice) {
        // Times, ports and the like differ each time.
        let words = String(
            String.UnicodeScalarView(
                "\(notice)".unicodeScalars.filter { !("0"..."9").contains($0) }))
        if told.withLock({ $0.insert(words).inserted }) { tell(notice) }
    }

    /// Tells of sources that have fallen silent, and of those that had and bring something again: one that is not read
    /// just now, or not yet in this slot, is as it was.
    func notice(_ now: Set<String>, heard: Set<String>, of sources: [String]) {
        let before = silent.withLock { silent in
            defer { silent = silent.union(now).subtracting(heard) }
            return silent
        }
        for source in sources {
            if before.contains(source), heard.contains(source) {
                tell(.recovered(source: source))
            } else if now.contains(source), !before.contains(source) {
                tell(.silent(source: source))
            }
        }
    }
}
