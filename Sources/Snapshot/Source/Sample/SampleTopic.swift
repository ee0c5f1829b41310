import Calendar

/// A made-up topic: how it is spelled, how much it is used, and when it surges.
struct SampleTopic {
    let spellings: [String]
    private let weight: Int
    private let number: Int

    /// The share of the topic in a slot, relative to the others.
    func weight(in slot: Slot) -> Int {
        let day = slot.start.date.daysSinceEpoch
        // The hour the topic likes best doubles it; a surge every few weeks lasts three slots.
        let liked = slot.start.hour / 6 == number % 4 ? weight : 0
        let surge = [weight * 3 + 40, weight * 2 + 25, weight + 8]
        let wave = weight * floored(day + number * 5, 7) / 12
        let phase = phase(in: slot)
        return weight + liked + wave + (phase < surge.count ? surge[phase] : 0)
    }

    /// The hashtag and the page of what makes the topic surge in a slot; nil if nothing does.
    func occasion(in slot: Slot) -> (tag: String, address: String, title: String)? {
        let phase = phase(in: slot)
        guard phase < 3 else { return nil }
        let first = slot.start.date.daysSinceEpoch * 4 + slot.start.hour / 6 - phase
        return (
            spellings[0] + "Live", "https://news.example/\(number)/\(first)",
            "What happened around \(spellings[0])"
        )
    }

    /// Slots since the last surge began.
    private func phase(in slot: Slot) -> Int {
        let slotNumber = slot.start.date.daysSinceEpoch * 4 + slot.start.hour / 6
        return floored(slotNumber + number * 37, 67 + number % 13)
    }

    /// A spelling, the first most often.
    func spelling(_ random: inout SplitMix) -> String {
        random.below(3) > 0 ? spellings[0] : spellings[random.below(spellings.count)]
    }

    /// From the most used to the least.
    static let all: [SampleTopic] = names.enumerated().map { number, spellings in
        SampleTopic(spellings: spellings, weight: 60 / (number + 3) + 2, number: number)
    }

    private static let names: [[String]] = [
        ["MorningTide", "morningtide", "MORNINGTIDE"], ["coffee", "Coffee"],
        ["LighthouseSunday", "lighthousesunday"], ["café", "Café", "CAFÉ"], ["写真", "写真"],
        ["PaperBoats", "paperboats"], ["gardening", "Gardening"], ["猫"],
        ["SlowTrains", "slowtrains"],
        ["bakedbread", "BakedBread"], ["música", "Música"], ["cloudwatch", "CloudWatch"],
        ["الطقس"], ["TidePools", "tidepools"], ["handwriting"], ["weekendhike", "WeekendHike"],
        ["Straßenbahn", "strassenbahn", "STRASSENBAHN"], ["mapmonday", "MapMonday"], ["קפה"],
        ["oldradios", "OldRadios"], ["birdsong", "Birdsong"], ["книги", "Книги"], ["kites"],
        ["ＦＵＬＬＭＯＯＮ", "fullmoon", "FullMoon"], ["harbour", "Harbour"], ["हिन्दी"],
        ["repaircafe", "RepairCafe"], ["고양이"], ["soupseason"], ["pixelart", "PixelArt"],
        ["İstanbul", "istanbul"], ["bookbinding"], ["🌊"], ["nightferry", "NightFerry"], ["ボート"],
        ["pancakes", "Pancakes"], ["สวัสดี"], ["fieldnotes"], ["sundial"], ["quietroads"],
    ]
}

/// The remainder that is never negative: clocks without a battery begin in 1970, and the demonstration before.
private func floored(_ number: Int, _ divisor: Int) -> Int {
    (number % divisor + divisor) % divisor
}
