import Testing

@testable import Archive

@Suite("FixedPoint")
struct FixedPointTests {
    @Test(
        "rounds half away from zero, with all its decimals",
        arguments: [
            (0, 2, "0.00"), (1, 4, "1.0000"), (0.5, 0, "1"), (-0.5, 0, "-1"), (-0.001, 2, "0.00"),
            (12.345678, 2, "12.35"), (-3.14159, 3, "-3.142"), (0.99996, 4, "1.0000"),
            (999_999_999_999, 2, "999999999999.00"), (0.05, 1, "0.1"), (7, 0, "7"),
        ] as [(Double, Int, String)])
    func text(value: Double, decimals: Int, expected: String) {
        #expect(FixedPoint.text(value, decimals: decimals) == expected)
    }

    @Test(
        "writes what is beyond its digits as the largest number it has",
        arguments: [
            (1e15, 4, "100000000000000.0000"), (-1e300, 2, "-10000000000000000.00"),
            (.infinity, 0, "1000000000000000000"),
        ] as [(Double, Int, String)])
    func tooLarge(value: Double, decimals: Int, expected: String) {
        #expect(FixedPoint.text(value, decimals: decimals) == expected)
    }
}
