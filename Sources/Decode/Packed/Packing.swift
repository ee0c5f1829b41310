/// What a file or a member of an archive is, by its first bytes; its name says nothing.
enum Packing {
    /// How many first bytes tell: as far as a disc's mark.
    static let startCount = discMark + 5
    private static let discMark = 0x8001

    /// How names of what is packed end.
    static let endings: Set = [
        ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".lzma", ".lz4", ".zst", ".tzst",
        ".tar",
        ".zip",
    ]

    /// Posts, or nothing known.
    case none
    case gzip, zstandard, bzip2, lz4, xz, lzma
    case tar, zip
    /// What is not read, by its name and what to do about it.
    case unreadable(String)

    /// - Parameter start: the first `startCount` bytes, or all if there are fewer.
    init(of start: [UInt8]) {
        if start.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if Self.isBzip2(start) {
            self = .bzip2
        } else if start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            self = .xz
        } else if let frame = Self.frame(start) {
            self = frame
        } else if Self.isLZMA(start) {
            self = .lzma
        } else if start.starts(with: [0x50, 0x4B]), start.count >= 22,
            [[3, 4], [5, 6], [7, 8], [0x30, 0x30]].contains(start[2..<4])
        {
            self = .zip
        } else if let name = Self.others.first(where: { start.starts(with: $0.start) })?.name {
            self = .unreadable(name)
        } else if start.dropFirst(Self.discMark).starts(with: Array("CD001".utf8)) {
            self = .unreadable("the image of a disc")
        } else if Self.isTar(start.prefix(512)) {
            self = .tar
        } else {
            self = .none
        }
    }

    /// What unpacks it; nil if it is not compressed.
    func unpacker() throws(UnpackingFault) -> (any Unpacker)? {
        switch self {
        case .gzip: try Gzip()
        case .zstandard: try Zstandard()
        case .bzip2: try Bzip2()
        case .lz4: try LZ4()
        case .xz: try LZMA(isXZ: true)
        case .lzma: try LZMA(isXZ: false)
        case .none, .tar, .zip, .unreadable: nil
        }
    }

    /// Whether they can begin posts: a picture, a film or a program has bytes that no text has. The zeros of a
    /// hole in a file are none of these, nor are those of UTF-16.
    static func isText(_ start: [UInt8]) -> Bool {
        let start = start.drop { $0 == 0 }
        let isWide = [UInt8(ascii: "{"), UInt8(ascii: "["), 0xFF, 0xFE].contains(start.first ?? 0)
        return isWide || !start.prefix(512).contains { $0 < 0x09 }
    }

    /// What a Mac puts into archives beside each file, and into each folder (RFC 1740).
    static func isOfMac(_ start: [UInt8]) -> Bool {
        start.starts(with: [0, 5, 0x16, 7]) || start.starts(with: Array("\0\0\0\u{1}Bud1".utf8))
    }

    /// Its own magic number and that of its first block, or of its end.
    private static func isBzip2(_ start: [UInt8]) -> Bool {
        start.starts(with: Array("BZh".utf8)) && start.count >= 10
            && UInt8(ascii: "1")...UInt8(ascii: "9") ~= start[3]
            && [[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]]
                .contains(Array(start[4..<10]))
    }

    /// Zstandard or LZ4, whose frames can be preceded by the same skippable ones.
    private static func frame(_ start: [UInt8]) -> Packing? {
        var rest = start[...]
        while rest.count >= 8, 0x50...0x5F ~= rest[rest.startIndex],
            rest.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
        {
            let count = rest.dropFirst(4).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(8 + count)
        }
        if rest.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return .zstandard }
        if rest.starts(with: [0x04, 0x22, 0x4D, 0x18]) { return .lz4 }
        return rest.startIndex > 0 ? .zstandard : nil
    }

    /// No magic number: the properties that all packers write, a window, and a length that can be or none.
    private static func isLZMA(_ start: [UInt8]) -> Bool {
        guard start.count >= 13, start.starts(with: [0x5D, 0, 0]) else { return false }
        let length = start[5..<13].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return length == .max || length < 1 << 48
    }

    /// A first header whose checksum is right.
    private static func isTar(_ start: ArraySlice<UInt8>) -> Bool {
        guard start.count >= 512 else { return false }
        let field = start[148..<156].drop { $0 == 0x20 || $0 == 0x30 }.prefix { 0x30...0x37 ~= $0 }
        let told = field.reduce(0) { $0 << 3 | Int($1 - 0x30) }
        let others = start.enumerated().lazy.map { 148..<156 ~= $0.offset ? 0x20 : $0.element }
        let sum = others.reduce(0) { $0 + Int($1) }
        // Old programs took bytes for signed numbers.
        let signed = others.reduce(0) { $0 + Int(Int8(bitPattern: $1)) }
        return told == sum || told == signed
    }

    private static let others: [(start: [UInt8], name: String)] = [
        (Array("Rar!\u{1A}\u{7}".utf8), "an archive of RAR"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "an archive of 7-Zip"),
        (Array("MSCF\0\0\0\0".utf8), "a cabinet"),
        (Array("!<arch>\n".utf8), "an archive of ar"),
        (Array("xar!\0".utf8), "an archive of xar"),
        ([0xED, 0xAB, 0xEE, 0xDB], "a package of RPM"),
        (Array("LZIP\u{1}".utf8), "compressed by lzip"),
        ([0x89, 0x4C, 0x5A, 0x4F, 0x00], "compressed by lzop"),
        (Array("LRZI\0".utf8), "compressed by lrzip"),
        ([0x02, 0x21, 0x4C, 0x18], "compressed by LZ4 in its old format"),
        ([0x1F, 0x9D], "compressed by compress"),
        ([0x1F, 0xA0], "compressed by compress"),
        ([0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70, 0x59], "compressed by Snappy"),
        (Array("PAR1\u{15}".utf8), "a table of Parquet"),
        (Array("Obj\u{1}".utf8), "a file of Avro"),
        (Array("ORC\u{A}".utf8), "a table of ORC"),
        (Array("SQLite format 3\0".utf8), "a database of SQLite"),
        (Array("Salted__".utf8), "encrypted"),
        ([0x8C, 0x0D, 0x04], "encrypted by GnuPG"), ([0x85, 0x01], "encrypted by GnuPG"),
        (Array("-----BEGIN PGP MESSAGE".utf8), "encrypted by GnuPG"),
        (Array("age-encryption.org/".utf8), "encrypted by age"),
    ]
}
