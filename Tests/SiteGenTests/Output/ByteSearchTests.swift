import Testing

@testable import SiteGen

struct ByteSearchTests {
    @Test func `finds the first place, counted as the slice counts`() {
        let bytes = Array("a{{b{{".utf8)
        #expect(bytes[...].range(of: "{{") == 1..<3)
        #expect(bytes[2...].range(of: "{{") == 4..<6)
        #expect(bytes[5...].range(of: "{{") == nil)
        #expect([UInt8]()[...].range(of: "{{") == nil)
    }
}
