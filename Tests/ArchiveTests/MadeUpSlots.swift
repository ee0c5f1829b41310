import Foundation
import Support
import Text

@testable import Archive

/// Windows of one source over many days: some thousand tags after Zipf's law, a rhythm of day and week,
/// chance, and in every second slot three tags that ten times their usual people use.
struct MadeUpSlots {
    static let tagCount = 4000
    /// Tags that twenty people use when ten times the usual ones do.
    private static let burstTags = 400..<500

    private(set) var made: [(day: Baseline.Day, accounts: [Int], bursts: Set<Int>)] = []

    init(count: Int) {
        var random = SeededRandom(2026)
        for slot in 0..<count {
            let rhythm = [0.6, 0.8, 1.2, 1.4][slot % 4] * (slot / 4 % 7 < 5 ? 1 : 1.15)
            let bursts: Set<Int> =
                slot % 2 == 1
                ? Set((0..<3).map { _ in Int.random(in: Self.burstTags, using: &random) }) : []
            let accounts = (0..<Self.tagCount).map { tag in
                // Two people at the usual hour in the middle of those that burst.
                let usual = 2 * 450 / Double(tag + 1)
                return bursts.contains(tag)
                    ? max(20, Self.poisson(10 * usual * rhythm, &random))
                    : Self.poisson(usual * rhythm, &random)
            }
            let tail = accounts.enumerated().filter { $0.element >= TailRow.fewestAccounts }
                .sorted { ($0.element, $1.offset) > ($1.element, $0.offset) }
                .prefix(TailRow.longest)
            let day = Baseline.Day(
                accounts: Int(12_000 * rhythm),
                tail: Dictionary(
                    uniqueKeysWithValues: tail.map { (ExactText("\($0.offset)"), $0.element) }),
                below: tail.count < TailRow.longest
                    ? TailRow.fewestAccounts - 1 : tail.last?.element ?? 0)
            made.append((day, accounts, bursts))
        }
    }

    /// A random number around `mean`: Knuth's product of chances, or the normal law for many.
    private static func poisson(_ mean: Double, _ random: inout SeededRandom) -> Int {
        if mean > 50 {
            let (one, other) = (
                Double.random(in: 0.000001...1, using: &random),
                Double.random(in: 0...1, using: &random)
            )
            let normal = (-2 * log(one)).squareRoot() * cos(2 * .pi * other)
            return max(0, Int((mean + mean.squareRoot() * normal).rounded()))
        }
        var (product, count) = (Double.random(in: 0...1, using: &random), 0)
        while product > exp(-mean) {
            product *= Double.random(in: 0...1, using: &random)
            count += 1
        }
        return count
    }
}
