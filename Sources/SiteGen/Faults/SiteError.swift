import Archive
import Files

/// Why no site was built. The last good site stays as it was.
public enum SiteError: Error, Hashable, Sendable {
    case archive(ArchiveError)
    /// No window was archived yet.
    case emptyArchive(folder: String)
    case file(FileError)
    /// The output folder holds files that no build of ours made.
    case foreignOutput(folder: String)
    /// Every fault of every template.
    case templates([TemplateFault])
    /// Every fault of the staged site.
    case unsound([SiteFault])
}

extension SiteError {
    /// What is done with files, with their errors as those of a build.
    static func onDisk<Result>(
        _ body: () throws(FileError) -> Result
    ) throws(SiteError) -> Result {
        do throws(FileError) { return try body() } catch { throw .file(error) }
    }
}

extension SiteError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .archive(let error): error.sentence
        case .emptyArchive(let folder):
            "\(folder): holds no window yet; run `tidemark snapshot` first, or correct the archive "
                + "setting"
        case .file(let error): error.description
        case .foreignOutput(let folder):
            "\(folder): holds files but no .tidemark-site, so Tidemark did not make it; name "
                + "another output folder, or empty this one"
        case .templates(let faults):
            "the templates have faults:\n" + faults.map(\.description).joined(separator: "\n")
        case .unsound(let faults):
            "the new site has faults, the old one stays:\n"
                + faults.prefix(20).map(\.description).joined(separator: "\n")
                + (faults.count > 20 ? "\nand \(faults.count - 20) more" : "")
        }
    }
}

/// A mistake in a template, where it is, and what would be right.
public struct TemplateFault: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// From 1.
    public var line: Int
    public var reason: String

    public var description: String { "\(file):\(line): \(reason)" }
}

/// Something wrong with a file of a staged site.
public struct SiteFault: Hashable, Sendable, CustomStringConvertible {
    /// Relative to the site's root.
    public var file: String
    public var reason: String

    public var description: String { "\(file): \(reason)" }
}
