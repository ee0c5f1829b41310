import Text

/// Numbers with a fixed count of decimals, the same text on every system and locale.
public enum FixedPoint {
    /// `value` rounded half away from zero; never `-0.00`. What would take more than 18 digits is
    /// written as the 19 of 10^18, and never read back.
    public static func text(_ value: Double, decimals: Int) -> String {
        var unit = 1
        for _ in 0..<decimals { unit *= 10 }
        let scaled = Int(max(-1e18, min(1e18, (value * Double(unit)).rounded())))
        let sign = scaled < 0 ? "-" : ""
        let whole = String(scaled.magnitude / UInt(unit))
        guard decimals > 0 else { return sign + whole }
        return sign + whole + "." + padded(Int(scaled.magnitude % UInt(unit)), decimals)
    }
}
