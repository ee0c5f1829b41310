import Archive
import Calendar

extension SiteSettings {
    /// The operator's address as a link; nil if there is none.
    var contactLink: Link? {
        contact.map { Link($0.hasPrefix("https://") ? SiteAddress.ascii($0) : "mailto:" + $0) }
    }
}

/// `/.well-known/security.txt`: whom to tell of a weakness (RFC 9116); where an operator can be reached.
enum SecurityText {
    static let path = ".well-known/security.txt"

    /// Good for a year from the first of the last archived month, so that it is not another every six hours.
    static func file(_ site: Site) -> SiteFile? {
        guard let contact = site.settings.contactLink else { return nil }
        let end = site.history.last.date.firstOfMonth.advanced(by: 365)
        var text = "Contact: \(contact.target)\nExpires: \(Timestamp(end))\n"
        text += "Preferred-Languages: \(site.settings.language)\n"
        if let url = site.settings.url {
            text += "Canonical: \(Linker(absolute: url).file(path).target)\n"
        }
        let bytes = Array(text.utf8)
        return SiteFile(path: path) { () throws(SiteError) in bytes }
    }
}
