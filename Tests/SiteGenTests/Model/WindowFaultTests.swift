import Archive
import Calendar
import Testing

@testable import SiteGen

@Suite("why a window is not whole") struct WindowFaultTests {
    @Test(arguments: [
        (WindowStatus.missing, "no run read it", WindowFault.notRun),
        (.missing, "", .notRun),
        (.missing, "https://a.example could not be reached", .unreachable),
        (.partial, "no connection from 18:20 to 18:31", .connection),
        (.partial, "wss://a.example: could not be reached", .connection),
        (.partial, "the limit of 1000 posts reached", .limit),
        (.partial, "the run was stopped", .stopped),
        (.partial, "3 lines could not be read", .incomplete),
    ])
    func `is told in fixed words`(status: WindowStatus, note: String, fault: WindowFault) throws {
        let slot = try #require(Timestamp("2026-11-22T12:00:00Z"))
        let row = WindowRow(
            slot: slot, source: "sky", start: slot, end: slot + 21_600, status: status,
            coverage: 0, version: "1", note: note)
        #expect(WindowFault(row) == fault)
        for secret in ["example", "://", "1000"] { #expect(!fault.sentence.contains(secret)) }
    }
}
