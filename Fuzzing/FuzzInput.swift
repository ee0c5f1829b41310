/// An input of the fuzzer: its first bytes decide how it is used, the rest is used.
struct FuzzInput {
    private(set) var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    /// The next deciding byte; 0 if there is none.
    mutating func decision() -> Int { bytes.popFirst().map(Int.init) ?? 0 }

    /// The next bytes, or as many as there are.
    mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    /// The rest as text, mended where it is no UTF-8.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The rest cut into pieces, the same for the same seed: of any length up to 1, 7 or 64 bytes.
    func pieces(seed: Int) -> [ArraySlice<UInt8>] {
        var state = UInt64(seed)
        let longest = [1, 7, 64][seed % 3]
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes
        while !rest.isEmpty {
            // Knuth's MMIX generator; its high bits are the good ones.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let piece = rest.prefix(1 + Int(state >> 33) % longest)
            pieces.append(piece)
            rest = rest[piece.endIndex...]
        }
        return pieces
    }
}
