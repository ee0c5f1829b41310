import Archive
import Calendar
import Tasks
import Text

/// All sources together in one list, of the slots whose pages are made.
///
/// No row of the archive has it: it follows from the sources' lists and tails, which know what no list of one source
/// has.
struct MergedSlots: Sendable {
    private var entries: [Timestamp: [MergedRanking.Entry]] = [:]

    /// Nothing is known.
    static let none = MergedSlots()

    private init() {}

    /// Reads the tails of the days whose windows have pages that may be different; none of a single source.
    init(
        _ history: History, _ change: Change, settings: SiteSettings, in archive: ArchiveReader
    ) throws(SiteError) {
        guard history.mergedSources.count > 1 else { return }
        let dates = history.dates(ofWindowsIn: change).sorted()
        let results = Parallel.map(dates.count) { index in
            Result { () throws(ArchiveError) in
                try Self.slots(of: dates[index], history, settings, in: archive)
            }
        }
        for result in results {
            do throws(ArchiveError) {
                entries.merge(try result.get()) { one, _ in one }
            } catch {
                throw .archive(error)
            }
        }
    }

    /// As many as a list had places, best first; none unless two sources or more have read the slot.
    subscript(slot: Timestamp) -> [MergedRanking.Entry] { entries[slot] ?? [] }

    private static func slots(
        of date: CivilDate, _ history: History, _ settings: SiteSettings, in archive: ArchiveReader
    ) throws(ArchiveError) -> [Timestamp: [MergedRanking.Entry]] {
        let midnight = Timestamp(date)
        let windows = history.mergedSources.flatMap { source in
            source.windows(from: midnight, to: midnight + 86_400).filter(\.isMerged)
        }
        let slots = Dictionary(grouping: windows, by: \.row.slot).filter { $0.value.count > 1 }
        guard !slots.isEmpty else { return [:] }
        let tails = try archive.tails(date) { _ in true }
        return slots.mapValues { windows in
            let sources = windows.map { window in
                let tail = tails.first {
                    $0.slot == window.row.slot
                        && ExactText($0.source) == ExactText(window.row.source)
                }
                return MergedRanking.Source(
                    window: window.row, top: window.lists,
                    tail: (tail?.rows ?? []).filter {
                        !history.withdrawn.contains(ExactText($0.tag))
                    })
            }
            let places = settings.rules.top(at: windows[0].row.slot, or: settings.top)
            return Array(MergedRanking(sources).entries.prefix(places))
        }
    }
}

extension History {
    /// The days of the windows whose pages may be different.
    func dates(ofWindowsIn change: Change) -> Set<CivilDate> {
        var dates = Set(slots.map(\.date).filter { change.reaches($0.advanced(by: 1)) })
        // A window's page leads to the next one, which may be days later.
        for (slot, next) in zip(slots, slots.dropFirst()) where change.reaches(next.date) {
            dates.insert(slot.date)
        }
        return dates
    }
}

extension RecordedWindow {
    /// Whether it takes part where several sources are told together.
    var isMerged: Bool { wasRead && row.accounts > 0 }

    /// The rows of its popular list and its trending one.
    var lists: [TopRow] { (entries + (trends ?? [])).map(\.row) }
}
