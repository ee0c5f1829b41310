import Output
import Tasks

/// A file of the site that may be different from the last build's, and how it is made.
struct SiteFile: Sendable {
    /// Relative to the site's root.
    let path: String
    /// 0, or one more than that of the files whose bytes it tells of.
    let round: Int
    /// Is given the files of the site that belong to earlier rounds.
    let make: @Sendable (FileList) throws(SiteError) -> [UInt8]

    init(path: String, make: @escaping @Sendable () throws(SiteError) -> [UInt8]) {
        (self.path, round) = (path, 0)
        self.make = { (_) throws(SiteError) in try make() }
    }

    /// A file that tells sizes and digests of others.
    init(
        path: String, round: Int,
        make: @escaping @Sendable (FileList) throws(SiteError) -> [UInt8]
    ) {
        (self.path, self.round, self.make) = (path, round, make)
    }

    /// Makes files side by side, and those of a round when the ones before are known.
    ///
    /// - Parameters:
    ///   - list: The files of the site that are not made.
    ///   - make: Is given the number of a file and the list with those of earlier rounds.
    ///   - file: What the list is told of a result; nil for what it has already.
    /// - Returns: The results in the order of the files.
    static func inRounds<Made: Sendable>(
        _ files: [SiteFile], over list: FileList,
        _ make: @Sendable (Int, FileList) throws(SiteError) -> Made,
        file: (Made) -> FileList.File?
    ) throws(SiteError) -> [Made] {
        var list = list
        var made: [Int: Made] = [:]
        for round in 0...(files.map(\.round).max() ?? 0) {
            let numbers = files.indices.filter { files[$0].round == round }
            let known = list
            let results = try Parallel.map(numbers.count) { (place) throws(SiteError) in
                try make(numbers[place], known)
            }
            for (number, result) in zip(numbers, results) { made[number] = result }
            list = list.with(results.compactMap(file))
        }
        return files.indices.compactMap { made[$0] }
    }
}
