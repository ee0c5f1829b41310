import Glibc

/// How far a count is from what was expected, as signed log-likelihood ratio G² (Dunning 1993).
public enum LogLikelihood {
    /// `2 (O ln(O/E) + (N-O) ln((N-O)/(N-E)))`, below zero where O is below E.
    ///
    /// - Parameters:
    ///   - observed: O, 0 to N.
    ///   - expected: E, above 0 and below N.
    ///   - total: N.
    public static func score(observed: Double, expected: Double, total: Double) -> Double {
        let rest = total - observed
        let likelihood =
            2 * (term(observed, observed / expected) + term(rest, rest / (total - expected)))
        // Rounding can leave a hair below zero where both are equal.
        return observed < expected ? -max(0, likelihood) : max(0, likelihood)
    }

    /// x ln y, and 0 where x is.
    private static func term(_ factor: Double, _ ratio: Double) -> Double {
        factor == 0 ? 0 : factor * log(ratio)
    }
}
