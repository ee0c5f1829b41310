/// One thing to do to the bucket.
public struct Action: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        case upload(SiteFile)
        case delete
    }

    public var kind: Kind
    public var path: SitePath
    public var reason: Reason
    public var phase: Phase

    /// What goes over the line: 0 for a delete.
    public var byteCount: Int {
        if case .upload(let file) = kind { file.byteCount } else { 0 }
    }

    /// `upload  index.html  1234 bytes  changed content`
    public var description: String {
        let path = Shown(path.text)
        return switch kind {
        case .upload: "upload  \(path)  \(byteCount) bytes  \(reason.rawValue)"
        case .delete: "delete  \(path)  \(reason.rawValue)"
        }
    }
}
