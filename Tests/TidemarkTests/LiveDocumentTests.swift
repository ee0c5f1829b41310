import Support
import Testing

@testable import tidemark

@Suite("what the running slot has brought, as it is published") struct LiveDocumentTests {
    private static func source(
        _ name: String, upTo end: String, _ tags: [String] = ["tide"]
    )
        -> LiveDocument.Source
    {
        let entries = tags.enumerated().map { index, tag in
            LiveDocument.Entry(
                rank: index + 1, tag: tag, spelling: tag, posts: 9, accounts: 9)
        }
        return LiveDocument.Source(
            name: name, title: name, start: slot, end: end, posts: 9, accounts: 9, popular: entries,
            trending: entries, stories: [tags], curve: .init(step: 300, posts: [9]))
    }

    private static let slot = "2026-11-22T12:00:00Z"

    private static func document(
        at time: String = "2026-11-22T14:00:00Z", of slot: String = slot,
        _ sources: [LiveDocument.Source]
    ) -> LiveDocument {
        LiveDocument(
            slot: slot, slotEnd: "2026-11-22T18:00:00Z", generated: time, next: time, minutes: 120,
            sources: sources)
    }

    private static let late = source("sky", upTo: "2026-11-22T13:58:00Z")
    private static let early = source("sky", upTo: "2026-11-22T12:20:00Z")
    private static let gone = source("gone", upTo: "2026-11-22T13:58:00Z")
    private static let wrong = source("sky", upTo: "2026-11-22T17:00:00Z")

    @Test(arguments: [
        // Nothing is there yet, or less.
        (document([]), document([late, gone]), [late]),
        (document([early]), document([late]), [late]),
        (document([late]), document([early]), [late]),
        // Another slot, and one whose clock was wrong.
        (document([early]), document(of: "2026-11-22T06:00:00Z", [late]), [early]),
        (document([early]), document([wrong]), [early]),
        (document([early]), document([]), [early]),
    ])
    func `a follower that begins again tells what the last one had until it has as much`(
        now: LiveDocument, before: LiveDocument, expected: [LiveDocument.Source]
    ) {
        var document = now
        document.complete(by: before, of: ["sky"])
        #expect(document.sources == expected)
    }

    @Test func `what is withdrawn is named nowhere`() {
        var document = Self.document([
            Self.source("sky", upTo: Self.slot, ["tide", "kelp"]),
            Self.source("town", upTo: Self.slot, ["tide", "kelp", "reef"]),
        ])
        document.leaveOut { $0 == "tide" }
        #expect(document.sources.map { $0.popular.map(\.tag) } == [["kelp"], ["kelp", "reef"]])
        #expect(document.sources.map { $0.trending?.map(\.tag) } == [["kelp"], ["kelp", "reef"]])
        #expect(document.sources.map(\.stories) == [[], [["kelp", "reef"]]])
    }

    @Test(arguments: ["", "{", "[]", #"{"version":1}"#])
    func `rubbish in the place of a document is none`(text: String) async throws {
        try await withTemporaryFolder { folder in
            #expect(LiveDocument(file: folder + "/none") == nil)
            try write(text, to: folder + "/live")
            #expect(LiveDocument(file: folder + "/live") == nil)
            let document = Self.document([Self.late])
            try write(String(decoding: document.bytes, as: UTF8.self), to: folder + "/live")
            #expect(LiveDocument(file: folder + "/live") == document)
        }
    }
}
