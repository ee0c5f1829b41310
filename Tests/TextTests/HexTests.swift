import Testing
import Text

struct HexTests {
    @Test func `every byte is two digits, and each digit reads back`() {
        for byte in UInt8.min...UInt8.max {
            let digits = Array(Hex.text([byte]).utf8)
            #expect(digits.count == 2)
            #expect(Hex.value(digits[0]) == byte >> 4 && Hex.value(digits[1]) == byte & 15)
        }
        #expect(Hex.text([]) == "")
        #expect(Hex.text([0x00, 0x9A, 0xFF]) == "009aff")
        var upper: [UInt8] = []
        Hex.appendUppercase(0xAF, to: &upper)
        #expect(upper == Array("AF".utf8))
    }

    @Test func `nothing but a digit has a value`() {
        let known = (UInt8.min...UInt8.max).filter { Hex.value($0) != nil }
        #expect(known == Array("0123456789ABCDEFabcdef".utf8))
    }
}
