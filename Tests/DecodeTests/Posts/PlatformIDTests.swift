import Foundation
import Testing

@testable import Decode

@Suite("PlatformID")
struct PlatformIDTests {
    /// A post of each format; its own id and its author's stand where ID does.
    static let shapes: [(PostFormat, String)] = [
        (.v1, ##"{"id_str":ID,"text":"#tide","user":{"id_str":ID}}"##),
        (.v2, ##"{"data":{"id":ID,"text":"#tide","author_id":ID}}"##),
        (.mastodon, ##"{"id":ID,"content":"#tide","account":{"id":ID}}"##),
    ]

    @Test("ids are strings, of posts and of accounts", arguments: shapes)
    func strings(format: PostFormat, post: String) {
        let ids = [#""1""#, #""01""#, #""001""#, #""1 ""#, #""a""#]
        let found = events(posts(ids, post), as: format).compactMap(\.post)
        #expect(Set(found.map(\.id)).count == 5)
        #expect(Set(found.map(\.author)).count == 5)
    }

    @Test("a number is the string that spells it", arguments: shapes)
    func numbers(format: PostFormat, post: String) {
        let ids = [#""1""#, "1", #""18446744073709551615""#, "18446744073709551615"]
        let found = events(posts(ids, post), as: format).compactMap(\.post)
        #expect(Set(found.map(\.id)).count == 2)
        #expect(Set(found.map(\.author)).count == 2)
    }

    private func posts(_ ids: [String], _ post: String) -> String {
        ids.map { post.replacingOccurrences(of: "ID", with: $0) }.joined(separator: "\n")
    }
}
