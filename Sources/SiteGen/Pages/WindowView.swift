import Archive

/// A window that was read, with its list.
struct WindowView: View {
    let permalink: Link
    let slotTime: String
    /// `22 November 2026, 18:00`
    let slotLabel: String
    let readFrom: String
    let readTo: String
    let duration: String
    /// `complete`, `partial` or `backfilled`: the name of its style.
    let status: String
    let statusLabel: String
    let coverage: String
    let people: String
    let posts: String
    let tagged: String
    let tags: String
    /// Records that did not count.
    let leftOut: String
    let leftOutNoun: String
    let reasons: [DropReasonView]
    /// Hashtags that were counted and may not be listed; nil if there are none.
    let held: String?
    /// What happened, in words.
    let remark: String?
    /// Days it takes for a trending list.
    let fewestDays: String
    let popular: RankingView
    let trending: RankingView?

    init(
        _ window: RecordedWindow, sparks: Sparklines? = nil, site: Site, linker: Linker
    ) {
        let row = window.row
        permalink = linker.to(.window(row.slot))
        slotTime = row.slot.description
        slotLabel = Wording.moment(row.slot)
        readFrom = Wording.clock(row.start)
        readTo = Wording.clock(row.end, endingDay: true)
        duration = Wording.duration(seconds: row.end.seconds(since: row.start))
        status = row.status.rawValue
        statusLabel = Self.label(of: row)
        coverage = Wording.percent(row.coverage)
        people = Wording.number(row.accounts)
        posts = Wording.number(row.posts)
        tagged = Wording.number(row.tagged)
        tags = Wording.number(row.tags)
        leftOut = Wording.number(row.dropped)
        leftOutNoun = row.dropped == 1 ? "record" : "records"
        reasons = DropReasonView.all(row.reasons ?? DropReasons())
        held = row.held.flatMap { $0 > 0 ? Wording.number($0) : nil }
        remark = row.note.flatMap { $0.isEmpty ? nil : $0 }
        fewestDays = String(Baseline.fewestDays)
        popular = RankingView(popular: window, sparks: sparks, site: site, linker: linker)
        trending = RankingView(trending: window, sparks: sparks, site: site, linker: linker)
    }

    private static func label(of row: WindowRow) -> String {
        switch row.status {
        case .complete: "Complete"
        case .backfilled: "Complete, read later"
        case .partial: "Partial: \(Wording.percent(row.coverage)) read"
        case .missing: "Not recorded"
        }
    }
}
