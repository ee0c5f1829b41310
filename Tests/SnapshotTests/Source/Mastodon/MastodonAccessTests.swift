import Calendar
import Support
import Testing

@testable import Snapshot
@testable import Tally

@Suite("MastodonAccess")
struct MastodonAccessTests {
    private static func odd(_ status: Int, _ kind: String, _ body: String) -> String {
        #""always":{"status":\#(status),"kind":"\#(kind)","body":"\#(body)"}"#
    }

    private static let blocked =
        "answers 403, and not because of a token: something in front of it, such as Cloudflare, may ask "
        + "for a browser"

    @Test(
        "says in one sentence why a server cannot be read, without what it could repeat of the token",
        arguments: [
            (
                #""always":401"#,
                "refuses the token of TIDEMARK_TOKEN (401); it needs the scope read:statuses"
            ),
            (#""always":404"#, "has no such timeline (404); is it a Mastodon server?"),
            (
                #""always":"redirect""#,
                "answers with a redirect (302) to https://other.example, which is not followed; if that "
                    + "is the server, name it instead"
            ),
            (
                #""always":"loop""#,
                "answers with a redirect (302) to another address, which is not followed; if that is "
                    + "the server, name it instead"
            ),
            (#""always":"object""#, "answers with something else than posts"),
            (#""always":"garbage""#, "answers with something else than posts"),
            (#""always":"empty""#, "has no posts"), (#""always":503"#, "answers 503"),
            (
                odd(200, "application/json", #"[{\"error\":\"timeout\"}]"#),
                "answers with something else than posts"
            ),
            (odd(200, "application/json", "["), "answers with something else than posts"),
            (
                #""always":"challenge""#,
                "is behind Cloudflare, which asks for a browser (403): its operators can let this program "
                    + "through; else name another server"
            ),
            (odd(403, "text/html; charset=UTF-8", "<html>"), blocked),
        ])
    func refusals(told: String, reason: String) async throws {
        let read = try await Town.read(told, token: "hunter2")
        #expect(read.windows.isEmpty)
        let sentence = try #require(read.sentence)
        #expect(sentence.hasPrefix("http://127.0.0.1:"))
        #expect(sentence.hasSuffix(": \(reason)"))
        #expect(!sentence.contains("hunter2"))
    }

    @Test("asks for a token by the name of its variable, and sends it as a header alone")
    func token() async throws {
        let without = try await Town.read(#""token":"hunter2""#)
        #expect(without.sentence?.hasSuffix("asks for a token (401): set TIDEMARK_TOKEN") == true)
        #expect(try await Town.read(#""token":"hunter2""#, token: "hunter2").lines == Town.whole)
    }

    @Test(
        "after good pages asks for no token",
        arguments: [401, 403, 422, 404, 410])
    func lapses(status: Int) async throws {
        let faults = (5...12).map { #""\#($0)":\#(status)"# }.joined(separator: ",")
        let read = try await Town.read(#""faults":{\#(faults)}"#)
        let window = try #require(read.windows.first)
        #expect(window.status == .partial && window.tally.posts > 100)
        #expect(window.note.contains("answers \(status)"), "\(window.note)")
        #expect(!window.note.contains("TIDEMARK_TOKEN") && !window.note.contains("?"))
    }

    @Test(
        "a timeline that the server switched off is no silence",
        arguments: [
            (#"{"local":"disabled","remote":"disabled"}"#, nil, nil),
            (#"{"local":"authenticated","remote":"authenticated"}"#, nil, nil),
            (#"{"local":"authenticated","remote":"public"}"#, "hunter2", 1.0),
            (#"{"local":"public","remote":"disabled"}"#, "hunter2", 0.5),
            (#"{"local":"public","remote":"public"}"#, nil, 1.0), (#"[]"#, nil, 1.0),
        ] as [(String, String?, Double?)])
    func switchedOff(access: String, token: String?, coverage: Double?) async throws {
        let read = try await Town.read(
            #""says":{"configuration":{"timelines_access":{"live_feeds":\#(access)}}}"#,
            statuses: coverage == nil ? "" : MadeUpStatuses().recording(count: 500, spacing: 60),
            token: token)
        #expect(read.windows.first?.coverage == coverage)
        #expect((read.sentence == nil) == (coverage != nil))
        if coverage ?? 0 < 1 {
            let told = read.sentence ?? read.windows.first?.note
            #expect(told?.contains("posts of other servers (live_feeds.remote: ") == true)
        }
    }

    @Test(
        "a server that lies costs the posts it lies about",
        arguments: [
            (#""faults":{"2":"future","3":"future"}"#, 360, 80),
            (#""faults":{"2":"tags"}"#, 360, 2),
        ])
    func lies(told: String, posts: Int, invalid: Int) async throws {
        let read = try await Town.read(told)
        #expect(read.windows.first?.tally.posts == posts)
        #expect(read.windows.first?.tally.read.invalid == invalid)
        #expect(read.windows.first?.status == .complete)
    }

    @Test("ends when a server gives the same page again and again, and refuses an endless one")
    func endless() async throws {
        let same = try await Town.read(#""faults":{"3":"same","4":"same"}"#)
        #expect(same.lines.first?.contains("gives the same page again and again") == true)
        #expect(same.windows.first?.status == .partial)
        let long = try await Town.read(#""always":"long""#)
        #expect(long.sentence?.contains("the answer is over 33554432 bytes long") == true)
    }

    @Test(
        "says which check of a certificate failed",
        arguments: [
            ("good", nil), ("expired", "certificate has expired"),
            ("self-signed", "self-signed certificate"),
            ("wrong-host", "no alternative certificate subject name matches"),
        ] as [(String, String?)])
    func certificates(name: String, reason: String?) async throws {
        try await withCertificates { certificates in
            try await withTemporaryFolder { folder in
                try write(
                    MadeUpStatuses().recording(count: 500, spacing: 60), to: "\(folder)/statuses")
                try await withMastodonPeer(
                    #"{"statuses":"\#(folder)/statuses"}"#,
                    certificate: "\(certificates)/\(name).pem"
                ) { address in
                    let read = await WindowCollection.of(
                        Town.source([address], certificates: "\(certificates)/ca.pem"),
                        Town.request())
                    #expect(read.lines == (reason == nil ? Town.whole : []))
                    let sentence = read.sentence ?? ""
                    #expect(reason.map(sentence.contains) ?? sentence.isEmpty, "\(sentence)")
                }
            }
        }
    }
}
