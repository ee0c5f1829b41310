import AWS
import Digest
import FoundationEssentials
import Output
import Text

/// A layer of the manifest as JSON: one object a line, sorted by path; the same layer gives the same
/// bytes.
///
///     {"version":2,"run":null,"base":null,
///     "headers":[["text/html; charset=utf-8","public, max-age=60","gzip"]],
///     "objects":[
///     ["index.html","<sha256 in hex>",1234,0]],
///     "gone":[]}
///
/// In the place of the digest stands `unknown` or `uncertain` for an object that a run was about to
/// write. The next numbers are its length and the place of its headers (type, caching, encoding) in
/// their list; where they are needed, the number of its rows and its ETag follow. Where the edge has
/// to be told of changes, a line `"stale":{"seed":"…","paths":["/…"]},` says which.
enum ManifestFile {
    static func encode(_ layer: ManifestLayer) -> [UInt8] {
        let entries = layer.entries.sorted { $0.key < $1.key }
        let kinds = Set(entries.map(\.value.headers)).map(line(of:)).sorted()
        let places = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
        var placeOfHeaders: [ObjectHeaders: Int] = [:]
        let run = layer.run.map {
            "{\"owner\":\(quoted($0.owner)),\"name\":\(quoted($0.name)),\"renewals\":\($0.renewals)}"
        }
        let base = layer.base.map {
            "{\"file\":\(quoted($0.file)),\"sha256\":\(quoted($0.sha256))}"
        }
        let stale = layer.staleness.map {
            "\"stale\":{\"seed\":\(quoted($0.seed)),\"paths\":["
                + $0.paths.map(quoted).joined(separator: ",") + "]},\n"
        }
        var text =
            "{\"version\":2,\"run\":\(run ?? "null"),\"base\":\(base ?? "null"),\n"
            + (stale ?? "")
            + "\"headers\":[\(kinds.joined(separator: ",\n"))],\n\"objects\":["
        for (index, (path, entry)) in entries.enumerated() {
            let place = placeOfHeaders[entry.headers] ?? places[line(of: entry.headers)] ?? 0
            placeOfHeaders[entry.headers] = place
            let content =
                switch entry.content {
                case .known(let digest): digest.hex
                case .unknown: "unknown"
                case .uncertain: "uncertain"
                }
            text += index == 0 ? "\n[" : ",\n["
            JSONString.append(path.text, to: &text)
            text += ",\"\(content)\",\(entry.byteCount),\(place)"
            if entry.rowCount != nil || entry.etag != nil {
                text += "," + (entry.rowCount.map(String.init) ?? "null")
            }
            if let etag = entry.etag { text += "," + quoted(etag) }
            text += "]"
        }
        text += "],\n\"gone\":[\(layer.gone.map { quoted($0.text) }.joined(separator: ",\n"))]}\n"
        return Array(text.utf8)
    }

    /// Throws `manifest` with what is wrong with it.
    static func decode(_ bytes: [UInt8]) throws(SyncError) -> ManifestLayer {
        let lines = ObjectLines(bytes)
        let read = try? JSONDecoder().decode(Layout.self, from: Data(lines?.rest ?? bytes))
        let layout = if let read { read } else { try Self.layout(bytes) }
        try check(layout.version)
        var layer = ManifestLayer(run: layout.run, staleness: layout.stale, base: layout.base)
        let objects = read == nil ? layout.objects : lines?.objects ?? layout.objects
        for object in objects {
            guard let path = SitePath(object.path), let content = Self.content(object.content),
                object.byteCount >= 0, object.rowCount ?? 0 >= 0,
                layout.headers.indices.contains(object.kind)
            else {
                throw .manifest(
                    reason: "the entry of \(terminalSafe(object.path, limit: .max)) is malformed")
            }
            layer.entries[path] = Manifest.Entry(
                content: content, byteCount: object.byteCount,
                headers: layout.headers[object.kind].headers, rowCount: object.rowCount,
                etag: object.etag)
        }
        layer.gone = layout.gone.compactMap { SitePath($0) }
        guard layer.entries.count == objects.count, layer.gone.count == layout.gone.count
        else { throw .manifest(reason: "it names an object twice, or none") }
        return layer
    }

    /// The headers that the objects of a base have, read from its file without them.
    static func headers(_ rest: [UInt8]) throws(SyncError) -> [ObjectHeaders] {
        let layout = try layout(rest)
        try check(layout.version)
        guard layout.base == nil, layout.gone.isEmpty else {
            throw .manifest(reason: "its base has a base")
        }
        return layout.headers.map(\.headers)
    }

    private static func layout(_ bytes: [UInt8]) throws(SyncError) -> Layout {
        let decoder = JSONDecoder()
        guard let layout = try? decoder.decode(Layout.self, from: Data(bytes)) else {
            guard let version = try? decoder.decode(Version.self, from: Data(bytes)) else {
                throw .manifest(reason: "it is not JSON with a version")
            }
            try check(version.version)
            throw .manifest(reason: "its lists are not as they should be")
        }
        return layout
    }

    private static func check(_ version: Int) throws(SyncError) {
        if version > 2 { throw .laterManifest(version: version) }
        if version < 2 {
            throw .manifest(reason: "its version is \(version), and this Tidemark reads version 2")
        }
    }

    static func content(_ text: String) -> Manifest.Content? {
        switch text {
        case "unknown": .unknown
        case "uncertain": .uncertain
        default: SHA256(hex: text.utf8).map(Manifest.Content.known)
        }
    }

    private static func line(of headers: ObjectHeaders) -> String {
        let encoding = headers.contentEncoding.map(quoted) ?? "null"
        return "[\(quoted(headers.contentType)),\(quoted(headers.cacheControl)),\(encoding)]"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = ""
        JSONString.append(text, to: &quoted)
        return quoted
    }

    private struct Version: Decodable { var version: Int }

    private struct Layout: Decodable {
        var version: Int
        var run: Manifest.Run?
        var stale: Staleness?
        var base: ManifestLayer.Base?
        var headers: [Kind]
        var objects: [Object]
        var gone: [String]
    }

    private struct Kind: Decodable {
        var headers: ObjectHeaders

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            headers = ObjectHeaders(
                contentType: try list.decode(String.self),
                cacheControl: try list.decode(String.self),
                contentEncoding: try list.decode(String?.self))
        }
    }

    struct Object: Decodable {
        var path: String
        var content: String
        var byteCount: Int
        var kind: Int
        var rowCount: Int?
        var etag: String?

        init(path: String, content: String, byteCount: Int, kind: Int) {
            (self.path, self.content, self.byteCount, self.kind) = (path, content, byteCount, kind)
        }

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            path = try list.decode(String.self)
            content = try list.decode(String.self)
            byteCount = try list.decode(Int.self)
            kind = try list.decode(Int.self)
            rowCount = list.isAtEnd ? nil : try list.decode(Int?.self)
            etag = list.isAtEnd ? nil : try list.decode(String?.self)
        }
    }
}

/// The manifest of a published site, as others than a publish look at it.
public enum PublishedManifest {
    /// Throws if a publish could not go by it.
    public static func check(_ bytes: [UInt8]) throws(SyncError) {
        let isPacked = bytes.starts(with: [0x1F, 0x8B])
        let plain = isPacked ? Gzip.expand(bytes, byteLimit: 256 << 20) ?? bytes : bytes
        _ = try ManifestFile.decode(plain)
    }
}
