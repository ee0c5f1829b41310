/// Numbers for tags, so that a post holds four bytes for each.
///
/// Every text is normalised once, however often it is delivered.
struct TagTable {
    /// What a delivered tag means.
    enum Meaning {
        case counts(key: UInt32, spelling: UInt32)
        case dropped(TagDropReason)
    }

    private var delivered = Names()
    private(set) var meanings: [Meaning] = []
    private(set) var keys = Names()
    private(set) var spellings = Names()

    /// The number of a tag as delivered: its place in `meanings`.
    mutating func number(of delivered: String) -> UInt32 {
        // Whatever is over-long means the same, and need not be remembered.
        let text = delivered.utf8.count <= Hashtag.longestDelivered ? delivered : Self.overlong
        let number = self.delivered.number(of: text)
        guard number == meanings.count else { return number }
        do {
            let tag = try Hashtag(delivered: text)
            meanings.append(
                .counts(key: keys.number(of: tag.key), spelling: spellings.number(of: tag.spelling))
            )
        } catch {
            meanings.append(.dropped(error))
        }
        return number
    }

    /// Stands for every tag too long to be remembered.
    private static let overlong = String(repeating: "x", count: Hashtag.longestDelivered + 1)

    /// Texts and their numbers. Compared by bytes: Swift's own equality would join normal forms.
    struct Names {
        private var numbers: [[UInt8]: UInt32] = [:]
        private(set) var texts: [String] = []

        mutating func number(of text: String) -> UInt32 {
            let bytes = Array(text.utf8)
            if let known = numbers[bytes] { return known }
            let number = UInt32(texts.count)
            numbers[bytes] = number
            texts.append(text)
            return number
        }
    }
}
