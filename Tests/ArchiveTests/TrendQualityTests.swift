import Calendar
import Foundation
import Testing

@testable import Archive

/// How well trends are found in sixty days of made-up slots with planted bursts, beside what simpler
/// lists reach on the same data. Each list holds as many tags as ours may.
@Suite("Trending lists")
struct TrendQualityTests {
    private static let slots = 240
    private static let firstScored = 7 * 4
    private static let listLength = 10

    /// Hits of a list among its entries, and among the bursts planted.
    private struct Quality {
        var hits = 0
        var listed = 0
        var planted = 0
        /// Hits among as many first entries as there were bursts: what a list could do that knew.
        var early = 0

        var precision: Double { listed == 0 ? 0 : Double(hits) / Double(listed) }
        var recall: Double { Double(hits) / Double(planted) }
        var earlyRecall: Double { Double(early) / Double(planted) }

        mutating func add(_ list: [Int], bursts: Set<Int>) {
            hits += list.count { bursts.contains($0) }
            listed += list.count
            planted += bursts.count
            early += list.prefix(bursts.count).count { bursts.contains($0) }
        }
    }

    private typealias Slot = (day: Baseline.Day, accounts: [Int], bursts: Set<Int>)

    @Test("hold ten-fold bursts of twenty people, and hardly anything else")
    func plantedBursts() {
        let slots = MadeUpSlots(count: Self.slots).made
        var qualities: [(name: String, quality: Quality)] = [
            ("tidemark", Quality()), ("raw counts", Quality()),
            ("difference to the last slot", Quality()),
            ("(O-E)^2/E, O >= 5, the day before", Quality()),
        ]
        for index in Self.firstScored..<slots.count {
            let slot = slots[index]
            let days = (1...7).map { slots[index - 4 * $0].day }
            let lists = [
                trending(slot, days),
                best(slot.accounts.indices) { Double(slot.accounts[$0]) },
                best(slot.accounts.indices) {
                    Double(slot.accounts[$0] - slots[index - 1].accounts[$0])
                },
                best(slot.accounts.indices) { tag in
                    let (now, before) = (slot.accounts[tag], slots[index - 4].accounts[tag])
                    let (observed, expected) = (Double(now), Double(max(before, 1)))
                    guard now >= 5, observed > expected else { return 0 }
                    return (observed - expected) * (observed - expected) / expected
                },
            ]
            for (place, list) in lists.enumerated() {
                qualities[place].quality.add(list, bursts: slot.bursts)
            }
        }
        print("\(pad("list of \(Self.listLength)", 36))precision  recall  of k first  listed")
        for (name, quality) in qualities {
            print(
                pad(name, 36) + pad(String(format: "%.3f", quality.precision), 11)
                    + pad(String(format: "%.3f", quality.recall), 8)
                    + pad(String(format: "%.3f", quality.earlyRecall), 12) + "\(quality.listed)")
        }
        #expect(qualities[0].quality.precision >= 0.95)
        #expect(qualities[0].quality.recall >= 0.95)
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text.padding(toLength: width, withPad: " ", startingAt: 0)
    }

    private func trending(_ slot: Slot, _ days: [Baseline.Day]) -> [Int] {
        let baseline = Baseline(days: days)
        return best(slot.accounts.indices) { tag in
            let accounts = slot.accounts[tag]
            let score = Score(
                of: "\(tag)", accounts: accounts, total: slot.day.accounts, by: baseline)
            guard let score, score.isTrend(accounts: accounts) else { return 0 }
            return score.value
        }
    }

    /// The tags with the highest values above zero.
    private func best(_ tags: Range<Int>, _ value: (Int) -> Double) -> [Int] {
        Array(
            tags.map { (tag: $0, value: value($0)) }.filter { $0.value > 0 }
                .sorted { ($0.value, $1.tag) > ($1.value, $0.tag) }
                .prefix(Self.listLength).map(\.tag))
    }
}
