/// Numbers for the sets of languages that posts name, of which streams hold a few hundred.
struct LanguageSets {
    private var numbers: [Languages: UInt16] = [:]
    private var sets: [[Language]] = []
    /// The set asked for last: most posts are in the language of the one before.
    private var last: (languages: Languages, number: UInt16)?

    var count: Int { sets.count }

    /// Beyond 65,535 sets, which only a hostile stream holds, the languages are forgotten.
    mutating func number(of languages: Languages) -> UInt16 {
        if let last, last.languages == languages { return last.number }
        let number = newNumber(of: languages)
        last = (languages, number)
        return number
    }

    private mutating func newNumber(of languages: Languages) -> UInt16 {
        if let known = numbers[languages] { return known }
        guard sets.count < Int(UInt16.max) else { return .max }
        let number = UInt16(sets.count)
        numbers[languages] = number
        // A post that names a language twice is one post in it.
        var distinct: [Language] = []
        for language in languages where !distinct.contains(language) { distinct.append(language) }
        sets.append(distinct)
        return number
    }

    /// The distinct languages of a set.
    subscript(number: UInt16) -> [Language] {
        number == .max ? [] : sets[Int(number)]
    }
}
