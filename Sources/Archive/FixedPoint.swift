/// Numbers with a fixed count of decimals, the same text on every system and locale.
public enum FixedPoint {
    /// `value` rounded half away from zero; never `-0.00`. Four decimals at the most, of a value below 10^14.
    public static func text(_ value: Double, decimals: Int) -> String {
        var unit = 1
        for _ in 0..<decimals { unit *= 10 }
        let scaled = Int((value * Double(unit)).rounded())
        let sign = scaled < 0 ? "-" : ""
        let whole = String(scaled.magnitude / UInt(unit))
        guard decimals > 0 else { return sign + whole }
        return sign + whole + "." + padded(Int(scaled.magnitude % UInt(unit)), decimals)
    }
}
