import Archive

/// A page of the site by its clean URL.
enum Place: Equatable, Sendable {
    case now
    case year(Int)
    case month(CivilDate)
    case day(CivilDate)
    case tags
    case tag(slug: String)
    case about
    case data

    /// The folders from the site's root to the page.
    var segments: [String] {
        switch self {
        case .now: []
        case .year(let year): [CivilDate.text(year: year)]
        case .month(let date): [CivilDate.text(year: date.year), Wording.twoDigits(date.month)]
        case .day(let date): Place.month(date).segments + [Wording.twoDigits(date.day)]
        case .tags: ["tags"]
        case .tag(let slug): ["tags", slug]
        case .about: ["about"]
        case .data: ["data"]
        }
    }

    /// The file that a web server shows for it.
    var file: String { (segments + ["index.html"]).joined(separator: "/") }

    /// The anchor of a window on its day's page; of all sources together without one.
    static func anchor(of slot: Timestamp, source: Int? = nil) -> String {
        "h" + Wording.clock(slot).filter { $0 != ":" } + (source.map { "-\($0 + 1)" } ?? "")
    }
}

extension CivilDate {
    fileprivate static func text(year: Int) -> String {
        let digits = String(year)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension Linker {
    func to(_ place: Place, anchor: String? = nil) -> Link {
        page(place.segments, anchor: anchor)
    }
}
