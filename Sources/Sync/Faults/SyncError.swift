import AWS
import Archive
import Files
import Text

/// Why a site was not brought to the bucket, or not all of it.
public enum SyncError: Error, Hashable, Sendable {
    /// A file or folder of this machine cannot be read or written.
    case file(FileError)
    /// A file of the site is not what it was a moment ago, or cannot be compressed.
    case unreadable(path: String, reason: String)
    /// A published file is not what the manifest says.
    case damaged(path: SitePath, reason: String)
    /// The prefix of the settings is none.
    case prefix(String)
    case store(AWSError)
    /// The site is up, and caches before it may still serve the old one.
    case edge(String)
    /// `git` did not do what it was asked for; with its own words, and what to do.
    case git(command: String, reason: String, advice: String?)
    /// The bucket holds a manifest that is not ours to understand.
    case manifest(reason: String)
    /// The manifest is of a version that this program does not know yet.
    case laterManifest(version: Int)
    /// The manifest changed between our reading and our writing.
    case overtaken
    /// A run on another machine is under way, or died less than a lease ago.
    case busy(seconds: Int)

    /// No file of the site is one of those asked for.
    case unmatched

    /// Refused: the folder is not what a finished build leaves.
    case unfinished(folder: String, reason: String)
    /// Refused: something in the folder that is not for publishing.
    case entry(path: String, reason: String)
    /// Refused: files of the archive that would become smaller or go.
    case shrinks([Shrinkage])
    /// Refused: files of the archive here that the published ones do not continue.
    case diverged([String])
    /// Refused: so many lines of what was withdrawn are published, and not here.
    case withdrawnMissing(count: Int)
    /// The table could not be brought in step with the archive.
    case table(AWSError)
    /// Refused: the table has windows that the archive here has not.
    case tableAhead(count: Int, slot: String, source: String)
    /// Refused: the table has another window of a slot, which another machine has counted.
    case tableDiffers(slot: String, source: String)
    /// Refused: more deletions than the settings allow.
    case tooManyDeletes(count: Int, limit: Int)

    /// A file of the archive that would lose rows; `to` is nil if it would be deleted, `from` if it
    /// is not known how many it has.
    public struct Shrinkage: Hashable, Sendable {
        public var path: SitePath
        public var from: Int?
        public var to: Int?
    }

    /// Whether a safety rule said no before anything was changed.
    public var isRefusal: Bool {
        switch self {
        case .unfinished, .entry, .shrinks, .tooManyDeletes, .diverged, .withdrawnMissing,
            .tableAhead, .tableDiffers, .laterManifest:
            true
        case .table, .file, .unreadable, .damaged, .prefix, .store, .git, .edge, .manifest,
            .overtaken, .busy, .unmatched:
            false
        }
    }
}

extension SyncError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(terminalSafe(path, limit: .max)): cannot be read: \(reason)"
        case .file(let error): terminalSafe(error.description, limit: .max)
        case .damaged(let path, let reason):
            "\(terminalSafe(path.text, limit: .max)): not what the manifest says: \(reason); if a publish was under way, "
                + "run it again, else tidemark sync --verify-remote from a machine that has it"
        case .diverged(let files):
            "refused, as the archive here holds what the published one has not, in "
                + files.prefix(3).map { terminalSafe($0, limit: .max) }.joined(separator: ", ")
                + (files.count > 3 ? " and \(files.count - 3) more" : "")
                + ": nothing is fetched or changed. tidemark pull --merge makes one of both, in which what either has read "
                + "is kept, and restores files that another program has merely reformatted"
        case .table(let error):
            sentence(
                "\(error)",
                goingOn:
                    "the archive here is whole, and the next run brings to the table what it lacks")
        case .tableAhead(let count, let slot, let source):
            "refused, as the table has \(quantity(count, "window")) that the archive here has not, such as \(source) \(slot): nothing of "
                + "it is changed; bring them here with tidemark pull --from dynamodb"
        case .tableDiffers(let slot, let source):
            "refused, as the table has another window of \(source) \(slot), which another machine has counted: it stays; "
                + "tidemark pull --from dynamodb --merge makes one archive of both"
        case .prefix(let text):
            "the prefix \(terminalSafe(text, limit: .max)) is not a path such as site or site/today; correct publish.prefix"
        case .store(let error):
            error.isTransient
                ? sentence(
                    error.description,
                    goingOn:
                        "it did not get better while it was asked again: the site that is up stays, and the next "
                        + "run goes on from here") : error.description
        case .git(let command, let reason, let advice):
            advice.map {
                sentence("git \(command): \(terminalSafe(reason, limit: .max))", goingOn: $0)
            }
                ?? "git \(command): \(terminalSafe(reason, limit: .max))"
        case .edge(let reason):
            "the site is up, but CloudFront may serve the old one for a while: \(reason)"
        case .manifest(let reason):
            "the manifest in the bucket cannot be used: \(reason); if it is damaged, delete "
                + "\(SitePath.manifest) under the prefix, and the next run compares by listing"
        case .laterManifest(let version):
            "a later Tidemark has published there: its manifest has version \(version), and this one reads version 2; "
                + "nothing is changed. Update Tidemark on this machine and publish again"
        case .overtaken:
            "another publish changed what is there in the meantime; run it again"
        case .busy(let seconds):
            "a run on another machine is publishing to this bucket, or died there; if it died, its "
                + "mark is void in \(quantity(seconds, "second"))"
        case .unmatched: "no file of the site matches what --only asks for"
        case .unfinished(let folder, let reason):
            "\(terminalSafe(folder, limit: .max)): refused, as it is no finished site: \(reason); run tidemark build"
        case .entry(let path, let reason): "\(terminalSafe(path, limit: .max)): refused: \(reason)"
        case .shrinks(let files):
            "refused, as the archive never shrinks, and what is published stays as it is: "
                + files.prefix(3).map { file in
                    "\(terminalSafe(file.path.text, limit: .max)) "
                        + (file.from.map { "has \(quantity($0, "row")) in the bucket, " }
                            ?? "is in the bucket ")
                        + (file.to.map { "\($0) here" } ?? "and is not here")
                }.joined(separator: "; ")
                + (files.count > 3 ? "; and \(files.count - 3) more" : "")
                + ". If they were lost here, bring them back from a copy or with tidemark pull, and build again"
        case .withdrawnMissing(let count):
            "refused, as \(ArchiveLayout.withdrawn) here lacks "
                + (count == 1 ? "a line" : "\(count) lines")
                + " that it had when the site was published: the site would show again what was withdrawn; "
                + "tidemark pull --merge brings back what is published, a copy of the archive what is not; what is to be "
                + "shown again, take out with tidemark withdraw --undo, and leave the header line alone if that is all"
        case .tooManyDeletes(let count, let limit):
            "refused, and the published site stays as it is: \(quantity(count, "file")) would be deleted from it, and "
                + "publish.maxDeletes allows \(limit). tidemark sync --dry-run shows them; if they are to go, "
                + "tidemark sync --max-deletes \(count) lets them go, this once"
        }
    }
}

/// The body, its errors as those of the store.
func requesting<Value>(
    _ body: () async throws(AWSError) -> Value
) async throws(SyncError) -> Value {
    do throws(AWSError) {
        return try await body()
    } catch {
        throw .store(error)
    }
}

/// The body, its errors as those of the store.
func storing<Value>(_ body: () throws(AWSError) -> Value) throws(SyncError) -> Value {
    do throws(AWSError) {
        return try body()
    } catch {
        throw .store(error)
    }
}

/// The body, its errors as those of this machine's files.
func onDisk<Value>(_ body: () throws(FileError) -> Value) throws(SyncError) -> Value {
    do throws(FileError) {
        return try body()
    } catch {
        throw .file(error)
    }
}
