/// A place in the order of the records that several ledgers took in, one part of a window each.
struct Arrival: Comparable {
    var ledger: Int
    /// Counted within the ledger, from 1.
    var record: Int64

    static func < (left: Arrival, right: Arrival) -> Bool {
        (left.ledger, left.record) < (right.ledger, right.record)
    }
}
