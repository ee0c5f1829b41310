/// Why the preview cannot be shown.
enum PreviewError: Error, Hashable {
    case noSite(folder: String)
    case unavailable(port: UInt16, reason: String)
}

extension PreviewError: CustomStringConvertible {
    var description: String {
        switch self {
        case .noSite(let folder):
            "\(folder): there is no site yet; tidemark build makes it"
        case .unavailable(let port, let reason):
            "127.0.0.1:\(port): cannot be listened on: \(reason); --port 0 takes a free one"
        }
    }
}
