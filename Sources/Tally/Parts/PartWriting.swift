import Decode

extension PostLedger {
    /// Writes what the ledger holds as a part, at a path whose folder need not be there; nobody else may read it.
    ///
    /// It is there whole or not at all. The same part again changes nothing; another of that name is refused unless
    /// it is to be replaced. The same records make the same part, whenever and wherever.
    public func write(
        partOf header: PartHeader, to path: String, replacing: Bool = false
    ) throws(TallyError) {
        var header = header
        header.read = PartHeader.Read(read)
        var writing = try BlockWriting(header, to: path)
        try writing.begin()
        for partition in 0..<SpillLog.partitionCount {
            try writing.append(partition, of: [log], to: partition)
        }
        try writing.append(
            encodedRemovals(isWide: header.width == PartWidth.wide.rawValue),
            to: PartFormat.Section.removals)
        try writing.append(languageSets.encoded, to: PartFormat.Section.languages)
        guard try !writing.finish(replacing: replacing) else { return }
        let known = try PartFile(path).identity
        if known != writing.identity { throw .part(.taken(path: path)) }
    }

    private func encodedRemovals(isWide: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for (author, time) in removals.sorted(by: { $0.key < $1.key }) {
            bytes.append(number: author.head)
            if isWide { bytes.append(number: author.tail) }
            bytes.append(number: time)
        }
        return bytes
    }
}

extension LanguageSets {
    /// The sets in the order of their numbers: of each how many it has, and each as counted text.
    fileprivate var encoded: [UInt8] {
        var bytes: [UInt8] = []
        for number in 0..<count {
            let languages = self[UInt16(number)]
            bytes.append(number: UInt32(languages.count))
            for language in languages {
                Array("\(language)".utf8).withUnsafeBytes { bytes.append(counted: $0) }
            }
        }
        return bytes
    }
}
