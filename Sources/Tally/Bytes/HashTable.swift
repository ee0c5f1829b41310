/// Values by salted hashes.
///
/// The keys are random already, so their own low bits say where they lie, and what is next to that.
struct HashTable<Value> {
    fileprivate struct Entry {
        var key: UInt64
        var value: Value
    }

    private var entries = [Entry?](repeating: nil, count: 64)
    private(set) var count = 0

    /// The value of that key; nil if it has none.
    subscript(key: UInt64) -> Value? { entries[place(of: key)]?.value }

    /// Gives the key a value, and returns the one it had.
    @discardableResult
    mutating func updateValue(_ value: Value, forKey key: UInt64) -> Value? {
        let place = place(of: key)
        let known = entries[place]?.value
        entries[place] = Entry(key: key, value: value)
        if known == nil {
            count += 1
            if count * 3 > entries.count * 2 { grow() }
        }
        return known
    }

    /// Forgets every value and keeps the memory.
    mutating func removeAll() {
        guard count > 0 else { return }
        for place in entries.indices { entries[place] = nil }
        count = 0
    }

    /// Where the key lies, or would.
    @inline(__always)
    private func place(of key: UInt64) -> Int {
        let mask = entries.count - 1
        var place = Int(truncatingIfNeeded: key) & mask
        while let entry = entries[place], entry.key != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = entries
        entries = [Entry?](repeating: nil, count: old.count * 2)
        for case let entry? in old { entries[place(of: entry.key)] = entry }
    }
}

extension HashTable.Entry: Sendable where Value: Sendable {}
extension HashTable: Sendable where Value: Sendable {}
