import AWS
import Archive
import Decode
import Kafka
import Text
import Transport

/// Why a source could not be read.
public enum SnapshotError: Error, Hashable, Sendable {
    /// Not one of the records is a post with a time, so none has a slot; how many they are is nil where others read them.
    case noPosts(paths: [String], format: PostFormat, recordCount: Int?)
    /// Nobody could be reached at the address for the whole window.
    case unreachable(address: String, reason: String)
    /// A server could not be asked.
    case network(TransportError)
    /// A topic could not be read.
    case topic(KafkaError)
    /// A service of AWS could not be asked, or said no.
    case service(AWSError)
    /// A server answers with something else than what was asked for.
    case refused(address: String, reason: String)
    /// A server took the connection, perhaps, and said nothing for the whole window.
    case noAnswer(address: String)
    /// What a server makes us wait for is longer than the time there is.
    case outOfTime(address: String, reason: String)
    /// What a paid source has cost cannot be read or kept, so nothing more may be read of it.
    case spending(ArchiveError)
    /// A paid source may not be read any more; the limit's name.
    case overBudget(limit: String)
    /// Only the running slot of a live source can be read.
    case notReplayable(source: String, slot: String)
    /// A source that is read in whole slots can only be asked for one that has passed.
    case notOver(source: String, slot: String, end: String)
    /// The servers answer and have no more; the slot stays due.
    case nothingMore(source: String, since: String, slot: String)
    /// None of several servers could be read; what happened with the last of them.
    case noneOf(count: Int, last: TransportError)
    /// This machine's clock is ahead of the servers' by so much that the slot would be another.
    case clock(machine: String, others: String, slot: String)
    /// Not one of the records that partitions brought is a post of the format.
    case unreadable(origin: String, format: PostFormat, count: Int)
    /// A stream gets no further, and does not end.
    case stuck(stream: String, minutes: Int)
    /// A recording holds posts of a slot that has not begun.
    case fromTheFuture(slot: String, now: String)
    /// A slot that is read again has less in it than it had; each in words.
    case lowers(slot: String, old: String, new: String)
    /// Parts are of slots of another length than the archive has.
    case otherSchedule(slot: String, hours: Int, expected: Int)
    /// A source that comes in parts has editions, which are counted of posts.
    case editions(source: String)
    /// Strangers can read what collectors have put there.
    case open(path: String)
    /// The same of a place in a bucket; how, in words.
    case openPlace(place: String, how: String)
    /// Another publisher has taken over the place while the slot was counted.
    case overtaken(place: String, minutes: Int)
    /// Another publisher has begun to close a slot from other parts.
    case begun(path: String)
    /// A collector's parts are of another source.
    case otherSource(path: String, its: String, expected: String)
    /// An engine could not do its share.
    case engine(reason: String)
    /// The server sends without end.
    case excessive(source: String, host: String)
}

extension SnapshotError {
    /// Whether it is the records of one slot that are wrong: others may be read.
    var isOfSlot: Bool { if case .unreadable = self { true } else { false } }

    /// Whether it was the source, or the way to it: what could not be read now may be read later.
    var isOfService: Bool {
        switch self {
        case .network, .noneOf, .topic, .service, .refused, .unreachable, .noAnswer, .outOfTime:
            true
        default: false
        }
    }

    var isOutOfTime: Bool { if case .outOfTime = self { true } else { false } }

    /// Whether a safety rule said no, and the archive is as it was.
    public var isRefusal: Bool {
        switch self {
        case .clock, .fromTheFuture, .lowers, .otherSchedule, .open, .openPlace, .otherSource,
            .editions:
            true
        default: false
        }
    }
}

extension SnapshotError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noPosts(let paths, let format, let count):
            "\(paths.joined(separator: ", ")): none of \(count.map { "\($0) " } ?? "the ")records is a post of format "
                + "\(format.rawValue) with a time; is it another format?"
        case .unreachable(let address, let reason):
            sentence(
                "\(address): nobody answers: \(reason)",
                goingOn: "is the program that sends the posts running?")
        case .network(let error): error.sentence
        case .topic(let error): "\(error)"
        case .service(let error): "\(error)"
        case .refused(let address, let reason): "\(address): \(reason)"
        case .unreadable(let origin, let format, let count):
            "\(origin): none of \(count) records is a post of format \(format.rawValue); is it another "
                + "format?"
        case .stuck(let stream, let minutes):
            "\(stream): gets no further after \(minutes) minutes, and says that there is more: nothing is archived, and the "
                + "slot stays due; if it lasts, is this the service that it should be?"
        case .noAnswer(let address): "\(address): gave no answer in the whole window"
        case .outOfTime(let address, let reason):
            "\(address): \(reason) did not let all be read in time"
        case .spending(let error):
            sentence("\(error)", goingOn: "nothing more was read of what costs money")
        case .overBudget(let limit): "the \(limit) is used up, so nothing was read"
        case .notReplayable(_, let slot):
            "the slot \(slot) is not running now, and a live source cannot be read again"
        case .notOver(_, let slot, let end):
            "the slot \(slot) is not over before \(end), and is read whole"
        case .nothingMore(_, let since, let slot):
            "the servers answer, and have nothing after \(since): the slot \(slot) stays due, and the next runs try "
                + "again; if they say this all day, is this machine's clock right? (tidemark doctor compares it)"
        case .noneOf(let count, let last):
            "none of the \(count) servers could be read; the last of them: \(last.sentence)"
        case .clock(let machine, let others, let slot):
            "the clock of this machine shows \(machine), and the servers say \(others): nothing is archived of the "
                + "slot \(slot), which may not have passed; set the clock, best by NTP, and run again"
        case .fromTheFuture(let slot, let now):
            "it holds posts of \(slot), which has not begun: it is \(now) by the clock of this machine; nothing of that "
                + "slot is archived. Either that clock is behind, or the posts' times are wrong"
        case .lowers(let slot, let old, let new):
            "the slot \(slot) would lose by being replaced: \(old) now, and \(new) when read again; the archive is as "
                + "it was. --force replaces it all the same"
        case .editions(let source):
            "\(source) comes in parts, from which no edition of it can be counted: leave out those that say of: \(source)"
        case .open(let path):
            "\(path): everybody can read it, and parts hold salted hashes of people: nothing is archived until chmod o-rwx "
                + "keeps strangers out"
        case .openPlace(let place, let how):
            "\(place): \(how), and parts hold salted hashes of people: nothing is put there or archived until only "
                + "collectors and publishers can read it"
        case .overtaken(let place, let minutes):
            "\(place): another publisher has taken it over, as nothing was heard of this one for "
                + "\(minutes) minutes: what it counted is dropped, and the slot is the other's"
        case .begun(let path):
            "\(path): another publisher has begun to close this slot, from the parts that it names: what this one counted is "
                + "dropped, and the next run goes on from those"
        case .otherSource(let path, let its, let expected):
            "\(path): its parts are of the source \(its), not \(expected): give each source a place of its own, or map "
                + "with --source \(expected)"
        case .engine(let reason):
            sentence(
                "Spark: \(reason)",
                goingOn: "nothing is archived, and the next run goes on where this one ended")
        case .excessive(_, let host):
            "\(host) sends more than a slot can hold; use another host"
        case .otherSchedule(let slot, let hours, let expected):
            "the parts of \(slot) are of slots of \(hours) h, and those of the archive there of \(expected) h: map their posts again "
                + "with --every \(expected)"
        }
    }
}
