import AWS
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
                sha256: try Digest.sha256([]), byteCount: 0, headers: page),
            try path("a\"\\b/タ.html"): .init(sha256: nil, byteCount: 7, headers: page),
            try path("caf\u{E9}"): .init(
                sha256: try Digest.sha256([1]), byteCount: 1, headers: data),
            try path("cafe\u{301}"): .init(
                sha256: try Digest.sha256([2]), byteCount: 2, headers: data),
        ])
    }

    @Test func `A manifest reads back as it was written, alike names and all`() throws {
        let manifest = try sample()
        #expect(try ManifestFile.decode(ManifestFile.encode(manifest)) == manifest)
        let marked = Manifest(run: "0123abcd")
        #expect(try ManifestFile.decode(ManifestFile.encode(marked)) == marked)
    }

    @Test func `It is the same text for the same manifest`() throws {
        #expect(
            String(decoding: ManifestFile.encode(try sample()), as: UTF8.self) == """
                {"version":1,"run":null,
                "headers":[["text/\\"\\\\\\u0001","","gzip"],
                ["text/html; charset=utf-8","public, max-age=60",null]],
                "objects":[
                ["a\\"\\\\b/タ.html",null,7,1],
                ["cafe\u{301}","dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986",2,0],
                ["caf\u{E9}","4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",1,0],
                ["index.html","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",0,1]]}

                """)
    }

    @Test(arguments: [
        "", "[]", "{}", "{\"version\":2}", "{\"version\":1}",
        "{\"version\":1,\"headers\":[],\"objects\":[[]]}",
        "{\"version\":1,\"headers\":[],\"objects\":[[\"a\",null,1,0]]}",
        "{\"version\":1,\"headers\":[[\"\",\"\",null]],\"objects\":[[\"../a\",null,1,0]]}",
        "{\"version\":1,\"headers\":[[\"\",\"\",null]],\"objects\":[[\"/a\",null,1,0]]}",
        "{\"version\":1,\"headers\":[[\"\",\"\",null]],\"objects\":[[\".tidemark/manifest.json\",null,1,0]]}",
        "{\"version\":1,\"headers\":[[\"\",\"\",null]],\"objects\":[[\"a\",\"abc\",1,0]]}",
        "{\"version\":1,\"headers\":[[\"\",\"\",null]],\"objects\":[[\"a\",null,-1,0]]}",
        "{\"version\":1,\"headers\":[[\"\",\"\",null]],\"objects\":[[\"a\",null,1,1]]}",
        "{\"version\":1,\"headers\":[[\"\",\"\",null]],\"objects\":[[\"a\",null,1,0],[\"a\",null,1,0]]}",
        "{\"version\":1,\"headers\":[],\"objects\":[",
    ])
    func `What is no manifest of ours is an error`(_ text: String) {
        #expect(throws: SyncError.self) { try ManifestFile.decode(Array(text.utf8)) }
    }
}
