import Calendar

/// A table of the published data.
public enum DataTable: String, CaseIterable, Sendable {
    case windows, top, trending, tail, related, links, withheld, series

    /// Those that have a file for each day.
    public static let lists = [DataTable.top, .trending, .tail]
    /// Those that have one too, from the first day on that has lines of them.
    public static let contexts = [DataTable.related, .links]

    /// The columns of a new file.
    public var header: [String] {
        switch self {
        case .windows: WindowRow.header
        case .top, .trending: TopRow.header
        case .tail: TailRow.header
        case .related: RelatedRow.header
        case .links: LinkRow.header
        case .withheld: WithheldRow.header
        case .series: SeriesRow.header
        }
    }

    /// The columns that no two rows have alike.
    public var primaryKey: [String] {
        switch self {
        case .windows, .series: ["slot", "source"]
        case .top, .trending: ["slot", "source", "rank"]
        case .tail: ["slot", "source", "tag"]
        case .related: ["slot", "source", "tag", "other"]
        case .links: ["slot", "source", "tag", "url"]
        case .withheld: ["slot", "source", "list"]
        }
    }

    /// What a row is.
    public var meaning: String {
        switch self {
        case .windows: "What was read of one slot of one source."
        case .top: "A hashtag of the list of a window, by people."
        case .trending: "A hashtag of the trending list of a window, by score."
        case .tail: "A hashtag of the memory of a window, which later ones are compared with."
        case .related: "A hashtag that people wrote together with a listed one."
        case .links: "An address that people gave with a listed hashtag."
        case .withheld:
            "How many lines of a list are left out here, as something in them was withdrawn."
        case .series: "What is known of one hashtag in a window."
        }
    }

    /// The file of a day's list, in the archive.
    public func file(of date: CivilDate) -> String {
        switch self {
        case .top: ArchiveLayout.top(date)
        case .trending: ArchiveLayout.trending(date)
        case .related: ArchiveLayout.related(date)
        case .links: ArchiveLayout.links(date)
        default: ArchiveLayout.tail(date)
        }
    }

    /// A file without rows.
    public var emptyFile: [UInt8] {
        var encoder = CSVEncoder()
        encoder.header(header)
        return encoder.bytes
    }
}
