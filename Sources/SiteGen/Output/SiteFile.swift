import Output
import Tasks
import Text

/// A file of the site that may be different from the last build's, and how it is made.
struct SiteFile: Sendable {
    /// Relative to the site's root.
    let path: String
    /// 0, or one more than that of the files whose bytes it tells of.
    let round: Int
    /// Is given the files of the site that belong to earlier rounds, by their paths.
    let make: @Sendable (Known) throws(SiteError) -> [UInt8]

    typealias Known = @Sendable (_ path: String) -> FileList.File?

    init(path: String, make: @escaping @Sendable () throws(SiteError) -> [UInt8]) {
        (self.path, round) = (path, 0)
        self.make = { (_) throws(SiteError) in try make() }
    }

    /// A file that tells sizes and digests of others.
    init(
        path: String, round: Int,
        make: @escaping @Sendable (Known) throws(SiteError) -> [UInt8]
    ) {
        (self.path, self.round, self.make) = (path, round, make)
    }

    /// Makes files side by side, and those of a round when the ones before are known.
    ///
    /// - Parameters:
    ///   - list: The files of the site that are not made.
    ///   - make: Is given the number of a file and what is known of those of earlier rounds.
    ///   - file: What is told later rounds of a result; nil for what the list has already.
    /// - Returns: The results in the order of the files.
    static func inRounds<Made: Sendable>(
        _ files: [SiteFile], over list: FileList,
        _ make: @Sendable (Int, Known) throws(SiteError) -> Made,
        file: (Made) -> FileList.File?
    ) throws(SiteError) -> [Made] {
        var made: [Made?] = Array(repeating: nil, count: files.count)
        var new: [ExactText: FileList.File] = [:]
        let last = files.map(\.round).max() ?? 0
        for round in 0...last {
            let numbers = files.indices.filter { files[$0].round == round }
            let known: Known = { [new] in new[ExactText($0)] ?? list.file($0) }
            let results = try Parallel.map(numbers.count) { (place) throws(SiteError) in
                try make(numbers[place], known)
            }
            for (number, result) in zip(numbers, results) { made[number] = result }
            guard round < last else { break }
            new.reserveCapacity(new.count + results.count)
            for file in results.lazy.compactMap(file) { new[file.path] = file }
        }
        return made.compactMap(\.self)
    }
}
