import Calendar
import Output
import Text

/// A page of the site by its clean URL.
enum Place: Equatable, Sendable {
    case now
    case archive
    case year(Int)
    case month(CivilDate)
    case day(CivilDate)
    case week(CalendarWeek)
    /// A window of all sources by its slot.
    case window(Timestamp)
    /// The latest lists of a source.
    case source(name: String)
    case tags
    case tag(slug: String)
    /// The hashtags that begin alike; see `LetterIndex.Node`.
    case letters(name: String)
    case about
    case status
    case data
    /// By the first day of the month.
    case dataMonth(CivilDate)

    /// The folders from the site's root to the page.
    var segments: [String] {
        switch self {
        case .now: []
        case .archive: ["archive"]
        case .year(let year): [padded(year, 4)]
        case .month(let date): [padded(date.year, 4), padded(date.month, 2)]
        case .day(let date): Place.month(date).segments + [padded(date.day, 2)]
        case .week(let week):
            [padded(week.year, 4), "w" + padded(week.number, 2)]
        case .window(let slot): Place.day(slot.date).segments + Self.segments(of: slot)
        case .source(let name): ["sources", Slug.segment(for: name)]
        case .tags: ["tags"]
        case .tag(let slug): ["tags", slug]
        case .about: ["about"]
        case .status: ["status"]
        case .letters(let name): ["letters", name]
        case .data: ["data"]
        case .dataMonth(let date): ["data"] + Place.month(date).segments
        }
    }

    /// What a link says that stands among others of its kind.
    var label: String {
        switch self {
        case .now: "Now"
        case .archive: "Archive"
        case .year(let year): String(year)
        case .month(let date), .dataMonth(let date): date.monthName
        case .day(let date): Wording.shortDay(date)
        case .week(let week): "Week \(week.number)"
        case .window(let slot): "\(Wording.shortDay(slot.date)), \(Wording.clock(slot))"
        case .tags: "Tags"
        case .tag(let name), .letters(let name), .source(let name): name
        case .about: "About"
        case .status: "Status"
        case .data: "Data"
        }
    }

    /// The file that a web server shows for it.
    var file: String { (segments + [SiteLayout.front]).joined(separator: "/") }

    /// The hour; also minute and second of slots that do not start on one.
    private static func segments(of slot: Timestamp) -> [String] {
        let rest = slot.secondOfDay % 3600
        return [
            padded(slot.hour, 2)
                + (rest == 0
                    ? "" : padded(slot.minute, 2) + padded(slot.second, 2))
        ]
    }

    /// The anchor of a slot on its day's page.
    static func anchor(of slot: Timestamp) -> String {
        "h" + Wording.clock(slot).filter { $0 != ":" }
    }

    /// That of all sources of a slot together.
    static func anchorOfAll(of slot: Timestamp) -> String {
        anchor(of: slot) + "-\(SiteLayout.all)"
    }

    /// The anchor of a source within a slot, on its own page and its day's.
    static func anchor(of slot: Timestamp, source index: Int) -> String {
        anchor(of: slot) + "-\(index + 1)"
    }
}

extension Linker {
    func to(_ place: Place, anchor: String? = nil) -> Link {
        page(place.segments, anchor: anchor)
    }
}

extension Site {
    /// A slot's page; the day's of one that the archive does not know.
    func link(to slot: Timestamp, _ linker: Linker) -> Link {
        history.sources.contains { $0.window(at: slot) != nil }
            ? linker.to(.window(slot)) : linker.to(.day(slot.date), anchor: Place.anchor(of: slot))
    }
}

/// A page, and what a link to it says.
struct PlaceView: View {
    let label: String
    let link: Link

    init(_ place: Place, _ linker: Linker) {
        (label, link) = (place.label, linker.to(place))
    }

    /// A window by its hours.
    init(window slot: Timestamp, _ site: Site, _ linker: Linker) {
        (label, link) = (site.shortMoment(slot), linker.to(.window(slot)))
    }
}

/// The pages of the same kind before and behind one.
struct StepsView: View {
    let earlier: PlaceView?
    let later: PlaceView?

    /// Nil if it is the only one.
    init?(_ earlier: Place?, _ later: Place?, _ linker: Linker) {
        self.init(earlier.map { PlaceView($0, linker) }, later.map { PlaceView($0, linker) })
    }

    init?(_ earlier: PlaceView?, _ later: PlaceView?) {
        guard earlier != nil || later != nil else { return nil }
        (self.earlier, self.later) = (earlier, later)
    }
}
