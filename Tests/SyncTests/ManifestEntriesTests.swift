import AWS
import Digest
import Support
import Testing

@testable import Sync

/// Entries over a base must be what a dictionary is.
struct ManifestEntriesTests {
    private let names = [
        "a", "a b", "a!", "a/b", "a0", "é", "e\u{301}", "z.html",
        ".tidemark/archive/spending/a.csv",
        "tags/猫/index.html", "tags/a+b/index.html",
    ]

    private func entry(_ random: inout SeededRandom) -> Manifest.Entry {
        let digest = SHA256(of: [UInt8.random(in: 0..<9, using: &random)])
        return Manifest.Entry(
            content: [.known(digest), .unknown, .uncertain].randomElement(using: &random)
                ?? .unknown,
            byteCount: Int.random(in: 0..<1000, using: &random),
            headers: ObjectHeaders(
                contentType: "text/html", cacheControl: "no-cache",
                contentEncoding: Bool.random(using: &random) ? "gzip" : nil),
            rowCount: Bool.random(using: &random) ? 7 : nil,
            etag: Bool.random(using: &random) ? "e" : nil)
    }

    @Test(arguments: 1...40)
    func `They are what a dictionary is, and so is what is written of them`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        // A name that JSON escapes has the base read in one piece.
        let names = names + (seed % 2 == 0 ? ["say \"a\"", "back\\slash"] : [])
        let paths = try names.map { try #require(SitePath($0)) }
        var plain: [SitePath: Manifest.Entry] = [:]
        for path in paths where Bool.random(using: &random) { plain[path] = entry(&random) }
        var manifest = Manifest(entries: ManifestEntries(over: nil, plain))
        let base = try ManifestBase.of(manifest).base
        #expect(base.all == plain)
        manifest.entries = ManifestEntries(over: base)
        for _ in 0..<20 {
            let path = try #require(paths.randomElement(using: &random))
            let new = Int.random(in: 0..<3, using: &random) == 0 ? nil : entry(&random)
            plain[path] = new
            manifest.entries[path] = new
        }
        for path in paths { #expect(manifest.entries[path] == plain[path]) }
        #expect(manifest.entries.all == plain)
        let withheld = manifest.entries.keys(beginningWith: ".tidemark/archive/")
        #expect(withheld == plain.keys.filter { $0.isWithheld })
        #expect(manifest.entries == ManifestEntries(over: nil, plain))

        let layer = ManifestLayer(manifest, over: base)
        #expect(
            layer == ManifestLayer(Manifest(entries: ManifestEntries(over: nil, plain)), over: base)
        )
        let read = try ManifestFile.decode(ManifestFile.encode(layer)).manifest(over: base)
        #expect(read == manifest)
        #expect(read.entries.all == plain)
        // Set back to what the base says, it is no difference any more.
        for path in paths { manifest.entries[path] = base[path] }
        #expect(ManifestLayer(manifest, over: base).entries == [:])
        #expect(ManifestLayer(manifest, over: base).gone == [])
    }

    @Test(arguments: [
        "{}", "",
        "{\"version\":3,\"run\":null,\"base\":null,\n\"headers\":[],\n\"objects\":[\n[\"a\",\"unknown\",1,0]],\n\"gone\":[]}\n",
        "{\"version\":2,\"run\":null,\"base\":null,\n\"headers\":[],\n\"objects\":[\n[\"a\",\"unknown\",1,0]],\n\"gone\":[\"b\"]}\n",
        "{\"version\":2,\"run\":null,\"base\":null,\n\"headers\":[],\n\"objects\":[\n[\"b\",\"unknown\",1,0],\n[\"a\",\"unknown\",1,0]],\n\"gone\":[]}\n",
    ])
    func `What is no base is refused`(text: String) {
        let reference = ManifestLayer.Base(file: "manifest-base-x.json", sha256: "x")
        #expect(throws: SyncError.self) { try ManifestBase(Array(text.utf8), reference) }
    }
}
