import Archive
import Calendar

/// What was read last, and what went wrong lately.
struct StatusView: PageView {
    static let template = "status"

    var title: String { "Status" }
    let summary: String
    var isScripted: Bool { true }
    let due: DueView
    let sources: [SourceView]
    let hasFailures: Bool
    let failures: [FailureView]
    /// That there are more.
    let cut: String?
    let file: Link

    struct SourceView: View {
        let title: String
        let link: Link
        /// `complete`, `partial` or `missing`.
        let kind: String
        let state: String
        let read: ReadView?
        let month: String
    }

    struct ReadView: View {
        let time: String
        let end: String
        let label: String
        let link: Link
    }

    struct FailureView: View {
        let time: String
        let label: String
        let title: String
        let reason: String
        let link: Link
    }

    /// Rows at the most.
    private static let most = 50

    init(_ site: Site, _ linker: Linker) {
        let states = site.history.sources.map { SourceState($0, in: site) }
        summary = "What was read last of each source, and what went wrong in the last thirty days."
        due = DueView(site)
        sources = states.map { Self.source($0, site, linker) }
        let all = states.flatMap(\.failures).sorted { $0.slot > $1.slot }
        cut = all.count > Self.most ? "the latest \(Self.most) of \(all.count)" : nil
        failures = all.prefix(Self.most).map {
            FailureView(
                time: $0.slot.description, label: "\(site.longMoment($0.slot)) UTC",
                title: site.title(of: $0.source), reason: $0.fault.sentence,
                link: site.link(to: $0.slot, linker))
        }
        hasFailures = !failures.isEmpty
        file = linker.file(StatusDocument.path)
    }

    private static func source(_ state: SourceState, _ site: Site, _ linker: Linker) -> SourceView {
        let status = state.newest?.row.status ?? .missing
        let read = state.lastRead.map { window in
            ReadView(
                time: window.row.slot.description,
                end: site.history.schedule.slot(containing: window.row.slot).end.description,
                label: "\(site.longMoment(window.row.slot)) UTC",
                link: linker.to(.window(window.row.slot)))
        }
        let (kind, words) =
            switch status {
            case .complete, .backfilled: ("complete", "read whole")
            case .partial: ("partial", "read in part")
            case .missing: ("missing", "not read")
            }
        return SourceView(
            title: site.title(of: state.source.name),
            link: linker.to(.source(name: state.source.name)), kind: kind, state: words, read: read,
            month:
                "\(state.month.count(.complete, .backfilled)) whole, \(state.month.count(.partial)) in part, "
                + "\(state.month.count(.missing)) not read")
    }
}

/// `status.json`: the same for programs (docs/data.md).
struct StatusDocument {
    static let path = "status.json"

    let site: Site

    var json: JSONDocument {
        let states = site.history.sources.map { SourceState($0, in: site) }
        let due = DueView(site)
        return .object([
            ("version", .number(1)),
            ("slot", .text(site.history.last.description)),
            ("next", .text(due.nextTime)),
            ("late", .text(due.lateTime)),
            ("sources", .list(states.map(source))),
        ])
    }

    private func source(_ state: SourceState) -> JSONDocument {
        .object([
            ("name", .text(state.source.name)),
            ("title", .text(site.title(of: state.source.name))),
            ("status", .text((state.newest?.row.status ?? .missing).rawValue)),
            ("lastRead", state.lastRead.map { .text($0.row.end.description) } ?? .null),
            ("complete", .number(state.month.count(.complete, .backfilled))),
            ("partial", .number(state.month.count(.partial))),
            ("missing", .number(state.month.count(.missing))),
            (
                "faults",
                .list(
                    state.failures.map { failure in
                        .object([
                            ("slot", .text(failure.slot.description)),
                            ("status", .text(failure.status.rawValue)),
                            ("kind", .text(failure.fault.rawValue)),
                        ])
                    })
            ),
        ])
    }
}
