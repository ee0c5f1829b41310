import Decode
import Glibc

/// Numbers for byte strings, in the order they were first seen: 0, 1, 2 and so on.
///
/// All bytes lie in one buffer, so that millions of short texts cost little more than their length
/// and sixteen bytes each.
struct ByteTable {
    private var bytes: [UInt8] = []
    /// Where each string ends in `bytes`.
    private var ends: [Int] = []
    /// Open addressing: the number of a string and one, or 0 for none.
    private var slots = [UInt32](repeating: 0, count: 64)
    private let salt = SaltedHash.newSalt()

    var count: Int { ends.count }

    /// The string of that number.
    subscript(number: Int) -> ArraySlice<UInt8> {
        bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
    }

    /// The number of `text`; nil if it has none.
    func find(_ text: UnsafeRawBufferPointer) -> Int? {
        var slot = hash(text) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot] - 1)
            if equals(number, text) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The number of `text`, which gets the next one if it is new.
    mutating func number(of text: UnsafeRawBufferPointer) -> Int {
        var slot = hash(text) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot] - 1)
            if equals(number, text) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        slots[slot] = UInt32(ends.count)
        if ends.count * 2 > slots.count { grow() }
        return ends.count - 1
    }

    /// Forgets every string and keeps the memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
    }

    private func equals(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let start = number == 0 ? 0 : ends[number - 1]
        guard ends[number] - start == text.count else { return false }
        guard let other = text.baseAddress else { return true }
        return bytes.withUnsafeBytes { all in
            all.baseAddress.map { memcmp($0 + start, other, text.count) == 0 } ?? false
        }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for number in ends.indices {
            var slot = self[number].withUnsafeBytes(hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }

    private func hash(_ text: UnsafeRawBufferPointer) -> Int {
        Int(truncatingIfNeeded: SaltedHash(salt: salt).finish(text))
    }
}
