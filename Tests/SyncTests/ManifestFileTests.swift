import AWS
import Digest
import Foundation
import Testing

@testable import Sync

@Suite struct ManifestFileTests {
    private func path(_ text: String) throws -> SitePath { try #require(SitePath(text)) }

    private func sample() throws -> Manifest {
        let page = ObjectHeaders(
            contentType: "text/html; charset=utf-8", cacheControl: "public, max-age=60")
        let data = ObjectHeaders(
            contentType: "text/\"\\\u{1}", cacheControl: "", contentEncoding: "gzip")
        return Manifest(entries: [
            try path("index.html"): .init(
                content: .known(SHA256(of: [])), byteCount: 0, headers: page, etag: "a-1"),
            try path("a\"\\b/タ.html"): .init(content: .unknown, byteCount: 7, headers: page),
            try path("caf\u{E9}"): .init(
                content: .known(SHA256(of: [1])), byteCount: 1, headers: data, rowCount: 3),
            try path("cafe\u{301}"): .init(content: .uncertain, byteCount: 2, headers: data),
        ])
    }

    @Test func `A layer reads back as it was written, alike names and all`() throws {
        let whole = ManifestLayer(try sample())
        #expect(try ManifestFile.decode(ManifestFile.encode(whole)) == whole)
        var marked = ManifestLayer(
            run: .init(owner: "o\"", name: "0123abcd", renewals: 2),
            base: .init(file: "manifest-base-0.json", sha256: "ab"))
        marked.staleness = try JSONDecoder().decode(
            Staleness.self, from: Data(#"{"seed":"a","paths":["/\"","/b/*"]}"#.utf8))
        marked.gone = [try path("a"), try path("b\"")]
        #expect(try ManifestFile.decode(ManifestFile.encode(marked)) == marked)
    }

    @Test func `It is the same text for the same layer`() throws {
        #expect(
            String(decoding: ManifestFile.encode(ManifestLayer(try sample())), as: UTF8.self) == """
                {"version":2,"run":null,"base":null,
                "headers":[["text/\\"\\\\\\u0001","","gzip"],
                ["text/html; charset=utf-8","public, max-age=60",null]],
                "objects":[
                ["a\\"\\\\b/タ.html","unknown",7,1],
                ["cafe\u{301}","uncertain",2,0],
                ["caf\u{E9}","4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",1,0,3],
                ["index.html","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",0,1,null,"a-1"]],
                "gone":[]}

                """)
    }

    @Test func `Other white space and order make no other manifest`() throws {
        var manifest = try sample()
        let plain = try path("b/index.html")
        manifest.entries[plain] = manifest.entries[try path("index.html")]
        for layer in [ManifestLayer(manifest), ManifestLayer(Manifest())] {
            let bytes = ManifestFile.encode(layer)
            let spread = try JSONSerialization.data(
                withJSONObject: JSONSerialization.jsonObject(with: Data(bytes)),
                options: [.prettyPrinted, .sortedKeys])
            #expect(ObjectLines(Array(spread)) == nil)
            #expect(try ManifestFile.decode(Array(spread)) == layer)
        }
        manifest.entries = manifest.entries.filter { !$0.key.text.contains("\"") }
        let lines = ObjectLines(ManifestFile.encode(ManifestLayer(manifest)))
        #expect(lines?.objects.count == manifest.entries.count)
    }

    @Test(arguments: [
        "",
        "[]",
        "{}",
        "{\"version\":1}",
        "{\"version\":3}",
        "{\"version\":2}",
        "{\"version\":2,\"gone\":[],\"headers\":[],\"objects\":[[]]}",
        "{\"version\":2,\"gone\":[],\"headers\":[],\"objects\":[[\"a\",\"unknown\",1,0]]}",
        "{\"version\":2,\"gone\":[\"../a\"],\"headers\":[],\"objects\":[]}",
        "{\"version\":2,\"headers\":[[\"\",\"\",null]],\"gone\":[],\"objects\":[[\"../a\",\"unknown\",1,0]]}",
        "{\"version\":2,\"headers\":[[\"\",\"\",null]],\"gone\":[],\"objects\":[[\"/a\",\"unknown\",1,0]]}",
        "{\"version\":2,\"headers\":[[\"\",\"\",null]],\"gone\":[],\"objects\":[[\".tidemark/manifest.json\",\"unknown\",1,0]]}",
        "{\"version\":2,\"headers\":[[\"\",\"\",null]],\"gone\":[],\"objects\":[[\"a\",\"abc\",1,0]]}",
        "{\"version\":2,\"headers\":[[\"\",\"\",null]],\"gone\":[],\"objects\":[[\"a\",null,1,0]]}",
        "{\"version\":2,\"headers\":[[\"\",\"\",null]],\"gone\":[],\"objects\":[[\"a\",\"unknown\",-1,0]]}",
        "{\"version\":2,\"headers\":[[\"\",\"\",null]],\"gone\":[],\"objects\":[[\"a\",\"unknown\",1,1]]}",
        "{\"version\":2,\"headers\":[[\"\",\"\",null]],\"gone\":[],\"objects\":[[\"a\",\"unknown\",1,0,-1]]}",
        "{\"version\":2,\"headers\":[[\"\",\"\",null]],\"gone\":[],\"objects\":[[\"a\",\"unknown\",1,0],[\"a\",\"unknown\",1,0]]}",
    ])
    func `What is no manifest of ours is an error`(_ text: String) {
        #expect(throws: SyncError.self) { try ManifestFile.decode(Array(text.utf8)) }
    }
}
