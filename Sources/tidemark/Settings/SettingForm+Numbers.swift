import Calendar
import Tally

extension SettingForm where Value == Bool {
    static var flag: SettingForm {
        SettingForm("true or false", sample: "false") { ["true": true, "false": false][$0] }
    }
}

extension SettingForm where Value == Duration {
    /// `90s`, `50m` or `6h`: a whole number of them from 1 to 86400.
    static var duration: SettingForm {
        SettingForm("a duration such as 6h, 50m or 90s", sample: "6h") { text in
            let units = [UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3600]
            guard let unit = text.utf8.last.flatMap({ units[$0] }),
                let amount = number(text.dropLast()),
                (1...86_400).contains(amount)
            else { return nil }
            return .seconds(amount * unit)
        }
    }
}

extension SettingForm where Value == Double {
    /// `50%`, as a share: 0.5.
    static var percent: SettingForm {
        SettingForm("a percentage such as 50%", sample: "50%") { text in
            guard text.utf8.last == UInt8(ascii: "%"), let amount = number(text.dropLast()),
                (0...100).contains(amount)
            else { return nil }
            return Double(amount) / 100
        }
    }
}

extension SettingForm where Value == Schedule {
    static var schedule: SettingForm {
        SettingForm<Duration>.duration.becoming(
            "must be 1, 2, 3, 4, 6, 8, 12 or 24 hours"
        ) { every in
            every.components.seconds % 3600 == 0
                ? Schedule(hours: Int(every.components.seconds / 3600)) : nil
        }
    }
}

extension SettingForm where Value == Int {
    /// A duration, in seconds.
    static var seconds: SettingForm {
        SettingForm<Duration>.duration.becoming("") { Int($0.components.seconds) }
    }

    static func count(_ range: ClosedRange<Int>) -> SettingForm {
        SettingForm(
            "a whole number from \(range.lowerBound) to \(range.upperBound)",
            sample: "\(range.lowerBound)"
        ) { number($0).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// How long a hash is.
    static var bits: SettingForm {
        SettingForm("64 or 128", sample: "64") { PartWidth(rawValue: Int($0) ?? 0)?.rawValue }
    }

    /// Dollars, in cents: `5` is 500, `2.50` is 250.
    static var cents: SettingForm {
        SettingForm("dollars such as 5 or 2.50", sample: "5") {
            money($0, decimals: 2, isExact: true)
        }
    }

    /// Dollars, in millionths: `0.005` is 5000.
    static var microdollars: SettingForm {
        SettingForm("dollars such as 0.005", sample: "0.005") {
            money($0, decimals: 6, isExact: false)
        }
    }

    /// - Parameter isExact: whether all decimals are there, if there is a point.
    private static func money(_ text: String, decimals: Int, isExact: Bool) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, !parts[0].isEmpty, let dollars = number(parts[0]),
            dollars < 1_000_000
        else { return nil }
        let rest = parts.count < 2 ? String(repeating: "0", count: decimals) : String(parts[1])
        let missing = decimals - rest.utf8.count
        guard !rest.isEmpty, missing >= 0, missing == 0 || !isExact,
            let fraction = number(rest + String(repeating: "0", count: missing)),
            let whole = number("1" + String(repeating: "0", count: decimals))
        else { return nil }
        return dollars * whole + fraction
    }
}
