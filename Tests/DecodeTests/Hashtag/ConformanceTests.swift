import Foundation
import Support
import Testing

@testable import Decode

/// The platforms' own suites, which lie beside the repository.
@Suite("Conformance", Repository.needsSharedData())
struct ConformanceTests {
    struct Case: Decodable {
        let id, text, suite: String
        let expected: [String]
    }

    private func cases(_ name: String) throws -> [Case] {
        let path = try #require(Repository.sharedData) + "/conformance/" + name
        return try JSONDecoder().decode(
            [Case].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test("agrees with twitter-text")
    func twitter() throws {
        for example in try cases("hashtags-twitter-text.json") {
            let found = Grammar.twitter.hashtags(in: example.text)
            #expect(
                found.map(bytes) == example.expected.map(bytes), "\(example.id): \(example.text)")
        }
    }

    @Test("agrees with Bluesky's client")
    func bluesky() throws {
        for example in try cases("hashtags-bluesky.json") {
            let found = Grammar.bluesky.hashtags(in: example.text)
            #expect(
                found.map(bytes) == example.expected.map(bytes), "\(example.id): \(example.text)")
        }
    }

    /// Cases give the first match only.
    @Test("agrees with Mastodon")
    func mastodon() throws {
        for example in try cases("hashtags-mastodon.json") {
            let found = Grammar.mastodon.hashtags(in: example.text)
            #expect(
                found.prefix(1).map(bytes) == example.expected.prefix(1).map(bytes),
                "\(example.id): \(example.text)")
        }
    }
}
