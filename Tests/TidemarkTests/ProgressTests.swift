import Testing

@testable import tidemark

@Suite("Progress")
struct ProgressTests {
    @Test(
        "a line has the work, the pieces, the bytes and, after half a second, the rate",
        arguments: [
            (0, nil, 0, 0.0, "Reading"), (3, nil, 0, 9, "Reading  3"),
            (41, 300, 1_240_000, 4, "Reading  41 of 300  1.2 MB  310 kB/s"),
            (1, 2, 999, 0.1, "Reading  1 of 2  999 B"),
        ] as [(Int, Int?, Int, Double, String)])
    func line(done: Int, total: Int?, byteCount: Int, seconds: Double, expected: String) {
        #expect(
            Progress.line(
                "Reading", done: done, total: total, byteCount: byteCount,
                elapsed: .seconds(seconds)) == expected)
    }

    @Test(
        "bytes are shown in powers of 1000 with two or three figures",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (9949, "9.9 kB"), (9950, "10 kB"),
            (999_499, "999 kB"), (999_500, "1.0 MB"), (5_000_000_000_000_000, "5000 TB"),
        ])
    func bytes(count: Int, expected: String) {
        #expect(Progress.bytes(count) == expected)
    }
}
