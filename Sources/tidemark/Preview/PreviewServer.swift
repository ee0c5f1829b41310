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

    /// - Parameter folder: the site; `PreviewError.noSite` if it is not there.
    init(folder: String) throws(PreviewError) {
        guard let kind = try? FilePlace.kind(of: FilePlace.joined(folder, SiteLayout.front)),
            kind == .file, let resolved = try? FilePlace.resolved(folder)
        else { throw .noSite(folder: folder) }
        site = PreviewSite(folder: resolved)
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
        guard request.method == .GET || request.method == .HEAD else {
            return text(
                .methodNotAllowed, "Only GET and HEAD.\n", request, [.init("Allow"): "GET, HEAD"])
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
        return response(status, data, type: ContentType(path: path).text, request)
    }

    private func text(
        _ status: HTTPStatusCode, _ text: String, _ request: HTTPRequest,
        _ headers: [HTTPHeader: String] = [:]
    ) -> HTTPResponse {
        response(
            status, Data(text.utf8), type: "text/plain; charset=utf-8", request, headers)
    }

    private func response(
        _ status: HTTPStatusCode, _ body: Data, type: String, _ request: HTTPRequest,
        _ more: [HTTPHeader: String] = [:]
    ) -> HTTPResponse {
        var headers = HTTPHeaders(more)
        headers[.contentType] = type
        headers[.contentLength] = String(body.count)
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
