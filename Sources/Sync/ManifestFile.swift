import AWS
import FoundationEssentials

/// The manifest as JSON: one object a line, sorted by path; the same manifest gives the same bytes.
///
///     {"version":1,"run":null,
///     "headers":[["text/html; charset=utf-8","public, max-age=60",null]],
///     "objects":[
///     ["index.html","<sha256 in hex, or null>",1234,0]]}
///
/// The last number of an object is the place of its headers (type, caching, encoding) in their
/// list.
enum ManifestFile {
    static func encode(_ manifest: Manifest) -> [UInt8] {
        let entries = manifest.entries.sorted { $0.key < $1.key }
        let kinds = Set(entries.map(\.value.headers)).map(line(of:)).sorted()
        let places = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
        let run = manifest.run.map(quoted) ?? "null"
        var bytes = Array("{\"version\":1,\"run\":\(run),\n".utf8)
        bytes += Array("\"headers\":[\(kinds.joined(separator: ",\n"))],\n\"objects\":[".utf8)
        for (index, (path, entry)) in entries.enumerated() {
            bytes += Array(index == 0 ? "\n[".utf8 : ",\n[".utf8)
            bytes += Array(quoted(path.text).utf8)
            let digest = entry.sha256.map { "\"\($0.hex)\"" } ?? "null"
            let kind = places[line(of: entry.headers)] ?? 0
            bytes += Array(",\(digest),\(entry.byteCount),\(kind)]".utf8)
        }
        return bytes + Array("]}\n".utf8)
    }

    /// Throws `manifest` with what is wrong with it.
    static func decode(_ bytes: [UInt8]) throws(SyncError) -> Manifest {
        let decoder = JSONDecoder()
        guard let version = try? decoder.decode(Version.self, from: Data(bytes)) else {
            throw .manifest(reason: "it is not JSON with a version")
        }
        guard version.version == 1 else {
            throw .manifest(reason: "its version \(version.version) is not 1; use a newer tidemark")
        }
        guard let layout = try? decoder.decode(Layout.self, from: Data(bytes)) else {
            throw .manifest(reason: "its lists are not as they should be")
        }
        var manifest = Manifest(run: layout.run)
        for object in layout.objects {
            let digest = object.sha256.map(Digest.init(sha256Hex:))
            guard let path = SitePath(object.path), digest != .some(nil), object.byteCount >= 0,
                layout.headers.indices.contains(object.kind)
            else { throw .manifest(reason: "the entry of \(Shown(object.path)) is malformed") }
            manifest.entries[path] = Manifest.Entry(
                sha256: digest ?? nil, byteCount: object.byteCount,
                headers: layout.headers[object.kind].headers)
        }
        guard manifest.entries.count == layout.objects.count else {
            throw .manifest(reason: "it names an object twice")
        }
        return manifest
    }

    private static func line(of headers: ObjectHeaders) -> String {
        let encoding = headers.contentEncoding.map(quoted) ?? "null"
        return "[\(quoted(headers.contentType)),\(quoted(headers.cacheControl)),\(encoding)]"
    }

    /// A JSON string (RFC 8259 §7).
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                quoted.unicodeScalars.append("\\")
                quoted.unicodeScalars.append(scalar)
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private struct Version: Decodable { var version: Int }

    private struct Layout: Decodable {
        var run: String?
        var headers: [Kind]
        var objects: [Object]
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

    private struct Object: Decodable {
        var path: String
        var sha256: String?
        var byteCount: Int
        var kind: Int

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            path = try list.decode(String.self)
            sha256 = try list.decode(String?.self)
            byteCount = try list.decode(Int.self)
            kind = try list.decode(Int.self)
        }
    }
}
