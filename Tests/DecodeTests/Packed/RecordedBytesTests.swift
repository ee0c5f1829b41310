import Foundation
import Glibc
import Support
import Testing

@testable import Decode

@Suite("RecordedBytes")
struct RecordedBytesTests {
    private static let texts = (0..<5).map { number in
        Array((0..<3000).map { "{\"line\":\($0 * number)}\n" }.joined().utf8)
    }

    /// Members of all kinds; what is read of them is said by `expected`.
    private static let members: [Packed.Member] = {
        var unnamed = Packed.Member("x", texts[4])
        unnamed.name = [0x63, 0xFF, 0x2E]
        return [
            Packed.Member("month", kind: S_IFDIR), Packed.Member("month/a.json", texts[1]),
            Packed.Member("month/b.json.bz2", Packed.compressed(texts[2], by: "bzip2")),
            Packed.Member("month/empty"),
            Packed.Member("../../etc/c.gz", Packed.compressed(texts[3], by: "gzip")),
            unnamed, Packed.Member("ö.json", texts[0]),
            Packed.Member("._a.json", [0, 5, 0x16, 7, 0, 2, 0, 0, 1, 2, 3]),
            Packed.Member("photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46]),
        ]
    }()

    private static let expected = [
        ": month/a.json", ": month/b.json.bz2", ": month/empty", ": ../../etc/c.gz", ": c\u{FFFD}.",
        ": ö.json", ": photo.jpg",
    ]

    typealias Example = (name: String, file: [UInt8])

    static let archives: [Example] = {
        let tar = Packed.archive(members)
        var examples: [Example] = ["ustar", "pax", "gnutar", "v7tar", "zip"].map { format in
            (format, Packed.archive(members, format: format))
        }
        examples += Packed.ways.map { ("tar in \($0)", Packed.compressed(tar, by: $0)) }
        for options in ["zip:compression=store", "zip:zip64"] {
            examples.append((options, Packed.archive(members, format: "zip", options: options)))
        }
        let zip = Packed.archive(members, format: "zip")
        examples.append(("zip in gzip", Packed.compressed(zip, by: "gzip")))
        return examples
    }()

    @Test("gives what each member holds, in order", arguments: archives)
    func archive(example: Example) async throws {
        try await withFile(example.file) { path in
            for pieces in [700, 1 << 20] {
                let found = try RecordedParts(path, pieces: pieces)
                let names = found.names.map { $0.replacing("no text", with: "") }
                #expect(names == Self.expected)
                #expect(found.parts[": month/a.json"] == Self.texts[1])
                #expect(found.parts[": month/b.json.bz2"] == Self.texts[2])
                #expect(found.parts[": ../../etc/c.gz"] == Self.texts[3])
                #expect(found.parts[": c\u{FFFD}."] == Self.texts[4])
                #expect(found.parts[": month/empty"] == [])
                #expect(found.parts.count == 6 || found.parts.count == 7)
            }
        }
    }

    @Test("reads archives from a pipe", arguments: archives)
    func pipe(example: Example) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/pipe"
            #expect(mkfifo(path, 0o600) == 0)
            Thread.detachNewThread {
                let descriptor = open(path, O_WRONLY)
                example.file.withUnsafeBytes { bytes in
                    var rest = bytes
                    while !rest.isEmpty {
                        let count = write(descriptor, rest.baseAddress, min(4096, rest.count))
                        if count <= 0 { break }
                        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                    }
                }
                close(descriptor)
            }
            let found = try RecordedParts(path)
            #expect(found.parts[": month/b.json.bz2"] == Self.texts[2])
            #expect(found.parts[": c\u{FFFD}."] == Self.texts[4])
        }
    }

    @Test(
        "follows no link, reads no device, and fills holes with zeros",
        arguments: ["pax", "gnutar"])
    func kinds(format: String) async throws {
        let members = [
            Packed.Member("link", kind: S_IFLNK, linkTarget: "/etc/passwd"),
            Packed.Member("device", kind: S_IFCHR), Packed.Member("pipe", kind: S_IFIFO),
            Packed.Member("a", Self.texts[1]), Packed.Member("b", hardLinkTarget: "a"),
            Packed.Member("holes", Self.texts[2], hole: format == "pax" ? 1 << 20 : 0),
        ]
        try await withFile(Packed.archive(members, format: format)) { path in
            let found = try RecordedParts(path)
            #expect(
                found.names == [
                    "no text: link", "no text: device", "no text: pipe", ": a", ": holes",
                ])
            let holes = found.parts[": holes"] ?? []
            #expect(Array(holes.drop { $0 == 0 }) == Self.texts[2])
            #expect(holes.count == Self.texts[2].count + (format == "pax" ? 1 << 20 : 0))
        }
    }

    @Test("reads archives that follow each other, and one of nothing")
    func concatenated() async throws {
        let parts = (1...2).map { Packed.archive([Packed.Member("\($0)", Self.texts[$0])]) }
        try await withFile(parts[0] + parts[1]) { path in
            let found = try RecordedParts(path)
            #expect(found.parts == [": 1": Self.texts[1], ": 2": Self.texts[2]])
        }
        for (format, names) in [("pax", [""]), ("zip", [])] {
            try await withFile(Packed.archive([], format: format)) { path in
                let found = try RecordedParts(path)
                #expect(found.names == names)
                // The end of a tar, which a framer takes for white space.
                #expect(found.all?.allSatisfy { $0 == 0 } != false)
            }
        }
    }

    @Test("says that an archive is cut off, wherever it is", arguments: ["pax", "gnutar", "zip"])
    func cut(format: String) async throws {
        let members = (0..<3).map { Packed.Member("\($0)", Array(Self.texts[1].prefix(1500))) }
        let file = Packed.archive(members, format: format)
        let whole = file.count - (format == "zip" ? 0 : file.reversed().prefix { $0 == 0 }.count)
        for count in Array(stride(from: 600, to: whole, by: 97)) + [whole - 1, 1024, 2048] {
            guard count < whole else { continue }
            try await withFile(Array(file.prefix(count))) { path in
                #expect(throws: DecodeError.self, "\(count) of \(file.count)") {
                    try RecordedParts(path)
                }
            }
        }
    }

    @Test("never takes a damaged zip for a whole one", arguments: [false, true])
    func damagedZip(isCompressed: Bool) async throws {
        var random = SeededRandom(9)
        let members = (0..<3).map { Packed.Member("\($0)", Array(Self.texts[1].prefix(1500))) }
        let file = Packed.archive(members, format: "zip")
        for _ in 0..<150 {
            var bad = file
            bad[Int.random(in: 4..<bad.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            try await withFile(isCompressed ? Packed.compressed(bad, by: "gzip") : bad) { path in
                guard let found = try? RecordedParts(path) else { return }
                // Names, times and kinds have no checksum.
                #expect(found.parts.values.allSatisfy { $0 == Array(Self.texts[1].prefix(1500)) })
                #expect(found.names.count == 3)
            }
        }
    }

    @Test("says what is wrong with which member of which archive")
    func refusals() async throws {
        func failure(_ file: [UInt8]) async throws -> String? {
            try await withFile(file) { path in
                let error = #expect(throws: DecodeError.self) { try RecordedParts(path) }
                return error?.description.replacing(path, with: "month")
            }
        }
        func member(_ name: String, _ content: [UInt8]) -> [UInt8] {
            Packed.archive([Packed.Member("first", Self.texts[1]), Packed.Member(name, content)])
        }
        let bzip2 = Packed.compressed(Self.texts[2], by: "bzip2")
        let inner = Packed.archive([Packed.Member("x", Self.texts[3])])
        let cut = try await failure(member("b.bz2", Array(bzip2.dropLast(9))))
        #expect(cut == "month: b.bz2: the compressed data are damaged: they end too early")
        for nested in [inner, Packed.compressed(inner, by: "gzip")] {
            let found = try await failure(member("in.tar", nested))
            #expect(
                found == "month: in.tar: is an archive in an archive; unpack the outer one first")
        }
        let headless = try await failure(member("a.gz", [0x1E] + bzip2))
        #expect(
            headless
                == "month: a.gz: the compressed data are damaged: they do not begin as any that are read"
        )
        let twice = try await failure(member("c.gz", Packed.compressed(bzip2, by: "gzip")))
        #expect(twice == "month: c.gz: is compressed twice; unpack it once")
        let rar = try await failure(member("d.rar", Array("Rar!\u{1A}\u{7}\u{0}".utf8)))
        #expect(
            rar
                == "month: d.rar: is an archive of RAR, which is not read; give the posts in it as they are"
        )
        let secret = try await failure(
            Packed.archive(
                [Packed.Member("e.json", Self.texts[1])], format: "zip",
                options: "zip:encryption=traditional", passphrase: "secret"))
        #expect(secret == "month: e.json: is encrypted; decrypt it first")
        let disc = try await failure(
            Packed.archive([Packed.Member("f.json", Self.texts[1])], format: "iso9660"))
        #expect(
            disc
                == "month: is the image of a disc, which is not read; give the posts in it as they are"
        )
        let followed = try await failure(
            Packed.archive([Packed.Member("g", [1])], format: "zip") + [1])
        #expect(
            followed
                == "month: the archive is damaged or cut off: its table of contents does not stand at its "
                + "end, so that is missing, or something follows it")
    }

    @Test("keeps no list of holes that was made to fill the memory")
    func holes() async throws {
        // GNU's sparse format 1.0 has the list in front of the content: how many, then offset and length of each.
        let count = 2_000_000
        let list =
            Array("\(count)\n".utf8)
            + [[UInt8]](repeating: Array("0\n0\n".utf8), count: count).joined()
        func record(_ key: String, _ value: String) -> String {
            let rest = " GNU.sparse.\(key)=\(value)\n"
            return "\(rest.utf8.count + 2)\(rest)"
        }
        let attributes =
            record("major", "1") + record("minor", "0") + record("name", "y")
            + record("realsize", "9")
        let plain = Packed.archive([Packed.Member("x", list)], format: "ustar")
        var header = Array(
            Packed.archive([Packed.Member("h", Array(attributes.utf8))], format: "ustar").prefix(
                1024))
        header[156] = UInt8(ascii: "x")
        let sum = header[..<512].enumerated().reduce(0) {
            $0 + (148..<156 ~= $1.offset ? 32 : Int($1.element))
        }
        let digits = String(sum, radix: 8)
        header.replaceSubrange(
            148..<156,
            with: Array((String(repeating: "0", count: 6 - digits.count) + digits).utf8) + [0, 32])
        try await withFile(Packed.compressed(header + plain, by: "gzip")) { path in
            let error = #expect(throws: DecodeError.self) { try RecordedParts(path) }
            #expect(
                error?.description
                    == "\(path): what it says of one member takes more than 2 MiB, and is not read")
        }
    }
}
