import Testing
import Text

struct ByteSearchTests {
    @Test func `finds the first place, counted as the slice counts`() {
        let bytes = Array("a{{b{{".utf8)
        #expect(bytes[...].range(of: "{{") == 1..<3)
        #expect(bytes[2...].range(of: "{{") == 4..<6)
        #expect(bytes[5...].range(of: "{{") == nil)
        #expect(bytes[..<2].range(of: "{{") == nil)
        #expect([UInt8]()[...].range(of: "{{") == nil)
        #expect(Array("aaab".utf8)[...].range(of: "aab") == 1..<4)
        #expect(Array("\0\r\n]]>".utf8)[...].range(of: "]]>") == 3..<6)
        #expect([0xFF, 0x7B, 0x7B][...].range(of: "{{") == 1..<3)
    }

    @Test func `bytes begin with those of another slice`() {
        let bytes = Array("abc".utf8)
        #expect(bytes[1...].starts(with: bytes[1..<2]) && bytes[...].starts(with: bytes[...]))
        #expect(bytes[3...].starts(with: [UInt8]()[...]) && bytes[1...].starts(with: bytes[2..<2]))
        #expect(!bytes[1...].starts(with: bytes[..<1]) && !bytes[..<2].starts(with: bytes[...]))
    }
}
