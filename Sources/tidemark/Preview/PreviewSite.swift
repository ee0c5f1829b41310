import Files

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

    /// - Parameter target: the path of a request as it came, still percent-encoded.
    func answer(_ target: String) -> Answer {
        guard target.utf8.first == UInt8(ascii: "/") else { return .notFound }
        var path = folder
        let parts = target.utf8.dropFirst()
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for part in parts.dropLast() {
            guard let name = Self.name(part) else { return .notFound }
            path += "/" + name
        }
        guard let last = parts.last, !last.isEmpty else {
            return file(path + "/index.html")
        }
        guard let name = Self.name(last) else { return .notFound }
        path += "/" + name
        // The target's own spelling goes back: an escape stays escaped.
        return (try? FilePlace.kind(of: path)) == .folder
            ? .redirect(to: target + "/") : file(path)
    }

    /// The page for what is not there; nil if the site has none.
    var notFoundPage: String? {
        if case .file(let path) = file(folder + "/404.html") { path } else { nil }
    }

    /// Only a file whose real place is below the folder is one of the site.
    private func file(_ path: String) -> Answer {
        guard (try? FilePlace.kind(of: path)) == .file, let real = try? FilePlace.resolved(path),
            real.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
        else { return .notFound }
        return .file(path: real)
    }

    /// The file name that one part of a path spells; nil for one that no page of a site has:
    /// empty, hidden, `..`, with a `/` or a control character in it, not UTF-8.
    private static func name(_ part: Substring.UTF8View.SubSequence) -> String? {
        guard let bytes = percentDecoded(part), let first = bytes.first,
            first != UInt8(ascii: "."),
            bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") })
        else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Nil if a `%` is not followed by two hexadecimal digits (RFC 3986 §2.1).
    private static func percentDecoded(_ part: Substring.UTF8View.SubSequence) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = part
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexadecimal),
                let low = rest.popFirst().flatMap(hexadecimal)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
