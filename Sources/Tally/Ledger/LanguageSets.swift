import Decode

/// Numbers for the sets of languages that posts name, of which streams hold a few hundred.
struct LanguageSets {
    private var numbers: [Languages: UInt16] = [:]
    private var sets: [[Language]] = []
    /// Those asked for last, by the hash of their first language: most posts are in one of a few.
    private var recent = [(languages: Languages, number: UInt16)?](repeating: nil, count: 64)

    init() {}

    /// The sets in the order of their numbers, to be looked up.
    init(_ sets: [[Language]]) { self.sets = sets }

    var count: Int { sets.count }

    /// Beyond 65,535 sets, which only a hostile stream holds, the languages are forgotten.
    mutating func number(of languages: Languages) -> UInt16 {
        let place = languages.first.map { Int($0.spread >> 58) } ?? 0
        if let known = recent[place], known.languages == languages { return known.number }
        let number = newNumber(of: languages)
        recent[place] = (languages, number)
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
