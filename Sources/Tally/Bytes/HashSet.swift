/// Distinct salted hashes, 8 bytes a place, of which up to two thirds are taken.
///
/// Which hashes come here may have been chosen by their high bits or by a remainder; a product mixes both.
struct HashSet {
    /// 0 for none.
    private var places = [UInt64](repeating: 0, count: 64)
    private var holdsZero = false
    private(set) var count = 0

    /// Takes the hash in; false if it was there before.
    @discardableResult
    mutating func insert(_ hash: UInt64) -> Bool {
        if hash == 0 {
            defer { holdsZero = true }
            count += holdsZero ? 0 : 1
            return !holdsZero
        }
        let place = place(of: hash)
        guard places[place] == 0 else { return false }
        places[place] = hash
        count += 1
        if count * 3 > places.count * 2 { grow() }
        return true
    }

    /// Forgets every hash and keeps the memory.
    mutating func removeAll() {
        guard count > 0 else { return }
        for place in places.indices { places[place] = 0 }
        (holdsZero, count) = (false, 0)
    }

    /// Where the hash lies, or would.
    @inline(__always)
    private func place(of hash: UInt64) -> Int {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while places[place] != 0, places[place] != hash { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = places
        places = [UInt64](repeating: 0, count: old.count * 2)
        for hash in old where hash != 0 { places[place(of: hash)] = hash }
    }
}
