/// Changes an input as a fuzzer does, with random numbers that are the same in every run.
struct Mutation {
    /// Other inputs, parts of which are put in.
    let others: [[UInt8]]
    var random: SeededRandom

    /// The input with one to four changes.
    mutating func changed(_ input: [UInt8]) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let count = Int.random(in: 1...16, using: &random)
        let range = place..<min(bytes.count, place + count)
        switch Int.random(in: 0..<6, using: &random) {
        case 0 where !range.isEmpty: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes.removeSubrange(range)
        case 2: bytes.insert(contentsOf: bytes[range], at: place)
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
        default:
            let other = others.randomElement(using: &random) ?? []
            let start = Int.random(in: 0...other.count, using: &random)
            bytes.replaceSubrange(range, with: other[start...].prefix(count))
        }
    }
}
