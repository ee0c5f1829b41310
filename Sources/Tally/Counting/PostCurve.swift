/// Posts that count by when they were written, in stretches of equal length.
public struct PostCurve: Hashable, Sendable {
    /// Microseconds since 1970.
    public let start: Int64
    /// Microseconds of each stretch.
    public let step: Int64
    /// A number for each stretch, from the first.
    public private(set) var posts: [Int]

    /// Nothing is counted yet.
    ///
    /// - Parameter count: stretches; posts outside them are left out. Not below 0.
    public init(start: Int64, step: Int64, count: Int) {
        (self.start, self.step) = (start, step)
        posts = Array(repeating: 0, count: count)
    }

    mutating func add(_ time: Int64?, times count: Int) {
        guard let time, time >= start else { return }
        let (distance, isFar) = time.subtractingReportingOverflow(start)
        let place = distance / step
        if !isFar, place < posts.count { posts[Int(place)] += count }
    }

    mutating func add(_ other: PostCurve) {
        for (place, count) in other.posts.enumerated() { posts[place] += count }
    }
}
