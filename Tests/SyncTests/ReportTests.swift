import Support
import Testing

@testable import Sync

@Suite struct ReportTests {
    @Test func `What is left is said once for each reason`() async throws {
        let plan = try await withTemporaryFolder { folder in
            try Plan(
                LocalTree(
                    folder: Site(["a.html": "1", "b.html": "2", "c.html": "3"], in: folder).folder),
                against: Manifest())
        }
        var report = Report(plan: plan)
        #expect(report.outcome == .done)
        report.uploadCount = 1
        report.uploadByteCount = 1
        report.requestCount = 9
        report.failures = ["b.html", "c.html"].map { .init(path: SitePath($0), error: .overtaken) }
        #expect(report.outcome == .partly)
        #expect(
            report.description == """
                1 uploaded (1 byte), 0 deleted, 0 unchanged, 9 requests, 2 left to do
                another publish changed what is there in the meantime; run it again
                """)
    }
}
