import Calendar
import Files
import Text

/// Why parts of a slot cannot be made, read, or counted together.
public enum PartError: Error, Hashable, Sendable {
    case file(FileError)
    /// It does not begin as a part does, or as what is made of them.
    ///
    /// - Parameter made: the command that makes what was expected.
    case noPart(path: String, made: String)
    /// It has another version of the format than this program reads.
    case version(path: String, found: Int)
    /// It ends before its end, or what was written of it is not all there.
    case torn(path: String)
    /// Its bytes are not those that were written.
    case altered(path: String)
    /// Its bytes are as they were written, and are not what a part holds; what of it.
    case unfit(path: String, reason: String)
    /// It says something else than the part it is to be counted with, or than what was asked for.
    case other(path: String, what: Difference, its: String, expected: String)
    /// Two parts of one name hold different posts.
    case namesake(path: String, other: String)
    /// A slot has more parts than can be told apart by their places.
    case tooMany(path: String, count: Int)
    /// Recorded posts stand among parts.
    case mixed(part: String, other: String)
    /// None of the records tells a time, so they are of no slot.
    case timeless(path: String, recordCount: Int)
    /// It was made of other parts than those at hand.
    case otherParts(path: String, made: String)
    /// The slot was divided into other shares, or counted by another rule, than for the other one.
    case otherShares(path: String, other: String, made: String)
    /// Not every share of the slot is there; which are not.
    case missingShares([String], made: String)
    /// Deleted posts count in it, or do not, and the rules have it the other way.
    case keepsDeleted(path: String, its: Bool)
    /// The folder has a part of that name already, of other posts.
    case taken(path: String)

    /// In what two parts differ that may not.
    public enum Difference: String, Sendable {
        case secret
        case rules
        case tables
        case format
        case grammar
        case slot
        case source
        case width
        case links
    }
}

extension PartError {
    /// Whether a safety rule said no, and everything is as it was.
    public var isRefusal: Bool {
        switch self {
        case .file, .timeless: false
        default: true
        }
    }
}

extension PartError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .noPart(let path, let made): "\(path): it is not what \(made) makes"
        case .otherParts(let path, let made):
            "\(path): it was made of other parts of the slot than these: run \(made) again, for all of them"
        case .otherShares(let path, let other, let made):
            "\(path) and \(other) are of two countings of the slot: keep the files of one, or run \(made) again"
        case .missingShares(let shares, let made):
            "of what \(made) makes, the \(shares.count == 1 ? "share" : "shares") "
                + "\(shares.prefix(5).joined(separator: ", ")) \(shares.count == 1 ? "is" : "are") missing: run it for "
                + "\(shares.count == 1 ? "it" : "each of them")"
        case .keepsDeleted(let path, let its):
            "\(path): deleted posts \(its ? "count in it, and do" : "do not count in it, and do here"): run tidemark "
                + "part posts \(its ? "without" : "with") --keep-deleted"
        case .version(let path, let found):
            "\(path): it is a part of version \(found), and this Tidemark reads version \(PartFormat.version): map its "
                + "posts again, or count with the Tidemark that made it"
        case .torn(let path): "\(path): the part is cut off: copy it again, or map its posts again"
        case .altered(let path):
            "\(path): the part is not as it was written: copy it again, or map its posts again"
        case .unfit(let path, let reason):
            "\(path): no part of Tidemark's holds this: \(reason); nothing of it is counted"
        case .other(let path, let what, let its, let expected):
            "\(path): \(what.words): \(terminalSafe(its)), not \(terminalSafe(expected)); \(what.advice)"
        case .namesake(let path, let other):
            "\(path) and \(other) are parts of one name with different posts: keep the right one, or map one of them "
                + "with another --name"
        case .tooMany(let path, let count):
            "\(path) and others: a slot of \(count) parts, and more than \(PartFormat.mostParts) have no order: map several "
                + "files together, as one stream"
        case .mixed(let part, let other):
            "\(part) is a part and \(other) is not: parts are counted by themselves"
        case .timeless(let path, let count):
            "\(path): nobody knows the slot of its records, as the first of \(count) tell no time; --slot says which it is"
        case .taken(let path):
            "\(path) is there already, with other posts; --name gives these a part of their own, and --replace puts "
                + "it in that one's place"
        }
    }
}

extension PartError.Difference {
    fileprivate var words: String {
        switch self {
        case .secret: "it was made with another secret"
        case .rules: "its posts were chosen by other rules"
        case .tables: "its hashtags were folded by other tables"
        case .format: "its posts are of another format"
        case .grammar: "its hashtags were found by another grammar"
        case .slot: "it is of another slot"
        case .source: "it is of another source"
        case .width: "its ids are hashed to another number of bits"
        case .links: "its links were chosen by other rules"
        }
    }

    fileprivate var advice: String {
        switch self {
        case .secret: "map all of a slot with one secret"
        case .rules:
            "map with the flags that say what the count's flags, or the configuration's filters, say"
        case .grammar, .format: "map and count with the same flags"
        case .links: "map with the same --block-host, or count without --context"
        case .tables: "map all of a slot with one release of Tidemark"
        case .slot, .source: "count the parts of each by themselves"
        case .width: "map all of a slot with one width"
        }
    }
}
