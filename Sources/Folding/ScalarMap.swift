/// A byte for each scalar: blocks of 128, of which each is there once.
struct ScalarMap {
    /// Two digits for each block of scalars: the number of its places.
    let blocks: StaticString
    /// One digit for each scalar of a block: the place of its value.
    let places: StaticString
    /// Two digits for each value.
    let palette: StaticString

    /// The scalar is one: at most 0x10FFFF.
    @inline(__always)
    subscript(scalar: UInt32) -> UInt8 {
        let block = PackedNumbers(blocks).number(at: Int(scalar >> 7) * 2, digits: 2)
        let place = PackedNumbers(places).number(at: Int(block << 7 | scalar & 0x7F), digits: 1)
        return UInt8(PackedNumbers(palette).number(at: Int(place) * 2, digits: 2))
    }
}
