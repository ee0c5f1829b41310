import Digest
import Files
import FlyingFox
import FlyingSocks
import FoundationEssentials
import Glibc
import Output
import Sync

/// A web server on loopback for looking at a site before it is published.
struct PreviewServer: Sendable {
    private let site: PreviewSite

    /// - Parameters:
    ///   - folder: the site; `PreviewError.noSite` if it is not there.
    ///   - live: what is shown as `live.json`, once it is there; nil for what the folder has.
    init(folder: String, live: String? = nil) throws(PreviewError) {
        guard let kind = try? FilePlace.kind(of: FilePlace.joined(folder, SiteLayout.front)),
            kind == .file, let resolved = try? FilePlace.resolved(folder)
        else { throw .noSite(folder: folder) }
        site = PreviewSite(folder: resolved, live: live)
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameters:
    ///   - port: 0 for one the system chooses.
    ///   - ready: called once with the address, when it can be opened.
    func run(port: UInt16, ready: @escaping @Sendable (String) -> Void) async throws {
        let server = HTTPServer(
            address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port),
            logger: ListeningLog { ready("http://\($0)/") },
            handler: ClosureHTTPHandler { request in respond(to: request) })
        do {
            try await server.run()
        } catch let error as SocketError where !Task.isCancelled {
            throw PreviewError.unavailable(port: port, reason: Self.reason(error))
        }
    }

    func respond(to request: HTTPRequest) -> HTTPResponse {
        // What a browser asks before a page of another site may ask for a part of a file.
        if request.method == .OPTIONS {
            return response(
                .noContent, Data(), type: nil, request,
                [
                    .init("Access-Control-Allow-Methods"): "GET, HEAD",
                    .init("Access-Control-Allow-Headers"): "*",
                    .init("Access-Control-Max-Age"): "86400",
                ])
        }
        guard request.method == .GET || request.method == .HEAD else {
            return text(
                .methodNotAllowed, "Only GET and HEAD.\n", request,
                [.init("Allow"): "GET, HEAD, OPTIONS"])
        }
        switch site.answer(request.target.path()) {
        case .file(let path): return page(.ok, path, request)
        case .redirect(let place):
            let query = request.target.query()
            return text(
                .movedPermanently, "See \(place)\n", request,
                [.location: query.isEmpty ? place : "\(place)?\(query)"])
        case .notFound:
            guard let path = site.notFoundPage else {
                return text(.notFound, "Not found.\n", request)
            }
            return page(.notFound, path, request)
        }
    }

    private func page(
        _ status: HTTPStatusCode, _ path: String, _ request: HTTPRequest
    ) -> HTTPResponse {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            return text(.notFound, "Not found.\n", request)
        }
        let type = ContentType(path: path).text
        guard status == .ok else { return response(status, data, type: type, request) }
        let tag = "\"\(SHA256(of: data).hex.prefix(32))\""
        var headers: [HTTPHeader: String] = [.eTag: tag, .acceptRanges: "bytes"]
        if request.headers[.ifNoneMatch].map({ Self.names(tag, in: $0) }) ?? false {
            return response(.notModified, Data(), type: nil, request, headers)
        }
        // A part of what the file was before is of no use.
        let isSame = request.headers[.init("If-Range")].map { $0 == tag } ?? true
        let wanted = request.method == .GET && isSame ? request.headers[.range] : nil
        switch ByteRange(wanted, of: data.count) {
        case .whole: return response(.ok, data, type: type, request, headers)
        case .part(let range):
            headers[.contentRange] =
                "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(data.count)"
            return response(.partialContent, data.subdata(in: range), type: type, request, headers)
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(data.count)"
            return response(.rangeNotSatisfiable, Data(), type: nil, request, headers)
        }
    }

    /// Whether a list of entity tags has this one (RFC 9110 §13.1.2).
    private static func names(_ tag: String, in list: String) -> Bool {
        list.split(separator: ",").contains { entry in
            let entry = entry.drop { $0 == " " }
            return entry == "*" || entry == tag || entry == "W/" + tag
        }
    }

    private func text(
        _ status: HTTPStatusCode, _ text: String, _ request: HTTPRequest,
        _ headers: [HTTPHeader: String] = [:]
    ) -> HTTPResponse {
        response(
            status, Data(text.utf8), type: "text/plain; charset=utf-8", request, headers)
    }

    private func response(
        _ status: HTTPStatusCode, _ body: Data, type: String?, _ request: HTTPRequest,
        _ more: [HTTPHeader: String] = [:]
    ) -> HTTPResponse {
        var headers = HTTPHeaders(more)
        if let type { headers[.contentType] = type }
        if status != .notModified, status != .noContent {
            headers[.contentLength] = String(body.count)
        }
        // As `tidemark bucket` has a bucket answer: pages of anyone may read the data.
        headers[.init("Access-Control-Allow-Origin")] = "*"
        headers[.init("Access-Control-Expose-Headers")] = "ETag, Content-Range, Accept-Ranges"
        // A preview shows what was built last, always.
        headers[.init("Cache-Control")] = "no-store"
        headers[.init("X-Content-Type-Options")] = "nosniff"
        return HTTPResponse(
            statusCode: status, headers: headers, body: request.method == .HEAD ? Data() : body)
    }

    private static func reason(_ error: SocketError) -> String {
        if case .failed(_, _, let message) = error { message.lowercased() } else { "\(error)" }
    }
}
