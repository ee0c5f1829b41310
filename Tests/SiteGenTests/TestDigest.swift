import SiteGen

/// Bytes that depend on all input bytes; not a secure digest, but the same everywhere.
let testDigest: DigestFunction = { bytes, algorithm in
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return (0..<(algorithm == .sha256 ? 32 : 48)).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
    }
}
