import Files
import Output
import Text

/// What the preview answers for the target of a request: a site folder as a bucket's website
/// endpoint would show it.
struct PreviewSite: Sendable {
    enum Answer: Hashable, Sendable {
        /// A file below the folder.
        case file(path: String)
        /// A folder asked for without its `/`.
        case redirect(to: String)
        case notFound
    }

    /// With symbolic links resolved.
    let folder: String
    /// The file that lies over the site as `live.json`.
    var live: String?

    /// - Parameter target: the path of a request as it came, still percent-encoded.
    func answer(_ target: String) -> Answer {
        if let live, target == "/" + SiteLayout.live, (try? FilePlace.kind(of: live)) == .file {
            return .file(path: live)
        }
        guard target.utf8.first == UInt8(ascii: "/") else { return .notFound }
        var path = folder
        let parts = target.utf8.dropFirst()
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for part in parts.dropLast() {
            guard let name = Self.name(part) else { return .notFound }
            path += "/" + name
        }
        guard let last = parts.last, !last.isEmpty else {
            return file(path + "/" + SiteLayout.front)
        }
        guard let name = Self.name(last) else { return .notFound }
        path += "/" + name
        // The target's own spelling goes back: an escape stays escaped.
        return (try? FilePlace.kind(of: path)) == .folder
            ? .redirect(to: target + "/") : file(path)
    }

    /// The page for what is not there; nil if the site has none.
    var notFoundPage: String? {
        if case .file(let path) = file(folder + "/" + SiteLayout.missing) { path } else { nil }
    }

    /// Only a file whose real place is below the folder is one of the site.
    private func file(_ path: String) -> Answer {
        guard (try? FilePlace.kind(of: path)) == .file, let real = try? FilePlace.resolved(path),
            real.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
        else { return .notFound }
        return .file(path: real)
    }

    /// The file name that one part of a path spells; nil for one that no page of a site has:
    /// empty, hidden but for `.well-known` (RFC 8615), `..`, with a `/` or a control character in it, not UTF-8.
    private static func name(_ part: Substring.UTF8View.SubSequence) -> String? {
        guard let bytes = PercentEncoding.decode(part), let first = bytes.first,
            first != UInt8(ascii: ".") || bytes.elementsEqual(".well-known".utf8),
            bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") })
        else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
