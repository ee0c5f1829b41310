import Testing
import Transport

@Suite struct HeadersTests {
    @Test func `Names are found without case, and the first of several counts`() {
        var headers: Headers = ["ETag": "a", "etag": "b", "X": "c"]
        #expect(headers["ETAG"] == "a")
        headers["eTag"] = "d"
        #expect(headers.fields == [.init(name: "X", value: "c"), .init(name: "eTag", value: "d")])
        headers["x"] = nil
        #expect(headers["X"] == nil)
        #expect(headers["E"] == nil)
    }
}
