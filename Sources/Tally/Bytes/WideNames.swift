/// Names of 64 bits for ids of 128, exact: an id's first half, unless another id has that name already.
///
/// They are for what is counted together, as they follow from the order in which ids come.
struct WideNames {
    private struct ID: Equatable {
        var head: UInt64
        var tail: UInt64
    }

    private var ids = HashTable<ID>()

    var count: Int { ids.count }

    /// The id's name, which it gets if it has none.
    mutating func name(_ head: UInt64, _ tail: UInt64) -> UInt64 {
        let id = ID(head: head, tail: tail)
        let (name, isKnown) = place(of: id)
        if !isKnown { ids.updateValue(id, forKey: name) }
        return name
    }

    /// Nil if it has none.
    func find(_ head: UInt64, _ tail: UInt64) -> UInt64? {
        let (name, isKnown) = place(of: ID(head: head, tail: tail))
        return isKnown ? name : nil
    }

    /// Its name, or the one that it would get.
    private func place(of id: ID) -> (name: UInt64, isKnown: Bool) {
        var name = id.head
        while let known = ids[name] {
            if known == id { return (name, true) }
            // Goes through all numbers, and far from where it was.
            name = name &+ 0x9E37_79B9_7F4A_7C15
        }
        return (name, false)
    }

    mutating func removeAll() { ids.removeAll() }
}

/// The people that logs have, each once.
enum DistinctPeople {
    /// How many there are in a partition; `body` gets what the logs have of each.
    static func count(
        _ partition: Int, of logs: [SpillLog], isWide: Bool,
        _ body: (_ head: UInt64, _ tail: UInt64) -> Void = { _, _ in }
    ) throws(TallyError) -> Int {
        var (set, names) = (HashSet(), WideNames())
        for log in logs {
            try log.read(partition) { bytes throws(TallyError) in
                var reader = RawReader(bytes)
                while !reader.isAtEnd {
                    let head: UInt64 = reader.number()
                    if isWide {
                        let (tail, count) = (reader.number() as UInt64, names.count)
                        _ = names.name(head, tail)
                        if names.count > count { body(head, tail) }
                    } else if set.insert(head) {
                        body(head, 0)
                    }
                }
            }
        }
        return isWide ? names.count : set.count
    }
}
