import Testing

@testable import Sync

@Suite struct RecordRowsTests {
    @Test(arguments: [
        ("", 0), ("slot\n", 0), ("slot", 0), ("slot\n1\n", 1), ("slot\n1", 1),
        ("slot\r\n1\r\n2", 2),
        ("slot\n\n1\n\n", 1), ("slot,note\n1,\"a\nb\"\n2,\"\"\"\n\"\"\"\n", 2),
    ])
    func `Rows are counted, whatever they hold`(_ text: String, count: Int) {
        #expect(RecordRows.count(in: text.utf8) == count)
    }
}
