/// One of so many shares of a slot's partitions, such as the third of sixteen: what one machine works out.
public struct PartShare: Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    public let number: Int
    public let count: Int

    /// More shares than partitions would have nothing to do.
    public static let most = SpillLog.partitionCount
    public static let whole = PartShare(number: 1, count: 1)

    private init(number: Int, count: Int) { (self.number, self.count) = (number, count) }

    /// Nil unless it is `1/1` to `256/256`, the number not above the count.
    public init?(_ text: String) {
        let numbers = text.utf8.split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        )
        .map { part in part.allSatisfy(\.isASCIIDigit) ? Int(Substring(part)) : nil }
        guard numbers.count == 2, let number = numbers[0], let count = numbers[1],
            (1...Self.most).contains(count), (1...count).contains(number)
        else { return nil }
        self.init(number: number, count: count)
    }

    public var description: String { "\(number)/\(count)" }

    /// The partitions of the share, of posts or of hashtags.
    var partitions: [Int] {
        Array(stride(from: number - 1, to: SpillLog.partitionCount, by: count))
    }
}
