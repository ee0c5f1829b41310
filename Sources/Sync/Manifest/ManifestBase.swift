import AWS
import Digest
import Text

/// An older manifest that a newer one is the difference to. Its entries are read from its file as they are asked for.
final class ManifestBase: Sendable {
    let reference: ManifestLayer.Base
    private let lines: ObjectIndex?
    private let headers: [ObjectHeaders]
    /// Of a file of another form.
    private let decoded: [SitePath: Manifest.Entry]

    /// That of a finished manifest, to be written beside it.
    static func of(_ manifest: Manifest) throws(SyncError) -> (base: ManifestBase, bytes: [UInt8]) {
        let bytes = ManifestFile.encode(ManifestLayer(Manifest(entries: manifest.entries)))
        let digest = SHA256(of: bytes).hex
        let reference = ManifestLayer.Base(
            file: "manifest-base-\(digest.prefix(16)).json", sha256: digest)
        return (try ManifestBase(bytes, reference), bytes)
    }

    /// Throws `manifest` if that is no such file.
    ///
    /// - Parameter bytes: Those that the reference means.
    init(_ bytes: [UInt8], _ reference: ManifestLayer.Base) throws(SyncError) {
        self.reference = reference
        if let lines = ObjectIndex(bytes) {
            (self.lines, decoded) = (lines, [:])
            headers = try ManifestFile.headers(lines.rest)
        } else {
            (lines, headers) = (nil, [])
            decoded = try ManifestFile.decode(bytes).entries
        }
    }

    var count: Int { lines?.count ?? decoded.count }

    subscript(path: SitePath) -> Manifest.Entry? {
        guard let lines else { return decoded[path] }
        return lines.place(of: path.text).map { entry(lines.object($0)) }
    }

    var all: [SitePath: Manifest.Entry] {
        guard let lines else { return decoded }
        var all: [SitePath: Manifest.Entry] = [:]
        all.reserveCapacity(lines.count)
        for place in 0..<lines.count {
            let object = lines.object(place)
            if let object, let path = SitePath(object.path) { all[path] = entry(object) }
        }
        return all
    }

    func keys(beginningWith start: String) -> [SitePath] {
        guard let lines else {
            return decoded.keys.filter { $0.text.utf8.starts(with: start.utf8) }
        }
        var (keys, place) = ([SitePath](), lines.firstPlace(notBefore: start))
        while place < lines.count, let object = lines.object(place),
            object.path.utf8.starts(with: start.utf8)
        {
            if let path = SitePath(object.path) { keys.append(path) }
            place += 1
        }
        return keys
    }

    /// What cannot be read is there, and nobody knows what it is.
    private func entry(_ object: ManifestFile.Object?) -> Manifest.Entry {
        guard let object, headers.indices.contains(object.kind),
            let content = ManifestFile.content(object.content)
        else {
            return Manifest.Entry(
                content: .unknown, byteCount: object?.byteCount ?? 0,
                headers: ObjectHeaders(contentType: "", cacheControl: ""),
                rowCount: object?.rowCount)
        }
        return Manifest.Entry(
            content: content, byteCount: object.byteCount, headers: headers[object.kind],
            rowCount: object.rowCount, etag: object.etag)
    }
}

extension SyncError {
    /// The file that a manifest names as its base is not there, or is another.
    static func manifestBase(_ reference: ManifestLayer.Base) -> SyncError {
        .manifest(reason: "\(terminalSafe(reference.file, limit: .max)) beside it is not its base")
    }
}
