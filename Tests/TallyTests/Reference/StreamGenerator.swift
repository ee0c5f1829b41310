@testable import Decode

/// Makes up streams in which posts are repeated, edited, deleted, removed and damaged.
struct StreamGenerator {
    var random: any RandomNumberGenerator

    private static let tags = [
        "tide", "Tide", "TIDE", "#tide", "Straße", "STRASSE", "cafe\u{301}", "café", "ＫＥＬＰ", "kelp",
        "1", "$x", "", "a\tb", "潮", "🌊", "\u{200C}نیم", "x y",
    ]
    private static let texts = [
        "", "plain", " #tide and #kelp", "#Tide!", "a#b", "http://example.com/#x #y", "&amp; #潮",
        "$AAPL #1",
    ]
    private static let addresses = [
        "https://a.example/1", "https://a.example/1", "https://A.example:443/1?utm_source=x#y",
        "https://a.example/2", "https://b.example", "https://b.example?a=1&si=2&b=3",
        "https://\u{FC}.example/\u{FC}?\u{FC}", "https://c.example/@d/1", "http://c.example/",
        "https://bit.ly/x", "https://bsky.app/profile/a/post/b", "https://x.com/a/status/1",
        "https://user@a.example/", "https://127.0.0.1/", "javascript:alert(1)", "",
    ]
    private static let titles = ["One", "One", "Two", "", " a\u{202E}b\n", "</script>"]
    private static let languages = ["en", "EN-gb", "in", "id", "de", "und", "?"]

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
    mutating func chance(_ one: Int) -> Bool { below(one) == 0 }

    private mutating func list(_ most: Int, _ make: (inout Self) -> JSON) -> JSON {
        .array((0..<below(most + 1)).map { _ in make(&self) })
    }

    /// A line of the format, one in five damaged.
    mutating func line(_ format: PostFormat) -> JSON {
        let whole =
            switch format {
            case .jetstream: jetstream()
            case .v1: v1()
            default: mastodon()
            }
        guard chance(5) else { return whole }
        return whole.mutated(&random)
    }

    private mutating func jetstream() -> JSON {
        let did = JSON.string("did:plc:\(below(8))")
        let time = JSON.number("\(below(1000))")
        if chance(15) {
            let status = pick(["deleted", "takendown", "suspended", "deactivated"])
            return .object([
                "did": did, "time_us": time, "kind": .string("account"),
                "account": .object(["active": .bool(chance(4)), "status": .string(status)]),
            ])
        }
        let operation = pick(["create", "create", "create", "create", "update", "delete"])
        var commit: [JSON.Member] = [
            .init(
                name: "rev", value: .string("3lbsw5kzdqk2\(pick(["2", "3", "4", "a", "b", "z"]))")),
            .init(name: "operation", value: .string(operation)),
            .init(
                name: "collection",
                value: .string(chance(10) ? "app.bsky.feed.like" : "app.bsky.feed.post")),
            .init(name: "rkey", value: .string("3k\(below(12))")),
        ]
        if operation != "delete" { commit.append(.init(name: "record", value: record())) }
        return .object([
            "did": did, "time_us": time, "kind": .string("commit"), "commit": .object(commit),
        ])
    }

    private mutating func record() -> JSON {
        var members: [JSON.Member] = [.init(name: "text", value: .string(pick(Self.texts)))]
        if !chance(4) {
            members.append(
                .init(name: "langs", value: list(3) { .string($0.pick(Self.languages)) }))
        }
        if !chance(3) {
            let facets = list(4) { generator in
                let kind = generator.chance(3) ? "link" : "tag"
                return .object([
                    "features": .array([
                        .object([
                            "$type": .string("app.bsky.richtext.facet#\(kind)"),
                            "tag": .string(generator.pick(Self.tags)),
                            "uri": .string(generator.pick(Self.addresses)),
                        ])
                    ])
                ])
            }
            members.append(.init(name: "facets", value: facets))
        }
        if chance(3) {
            members.append(
                .init(
                    name: "tags", value: list(12) { .string($0.pick(Self.tags) + "\($0.below(9))") }
                ))
        }
        if chance(3) {
            let external: JSON = .object([
                "external": .object([
                    "uri": .string(pick(Self.addresses)), "title": .string(pick(Self.titles)),
                ])
            ])
            members.append(
                .init(name: "embed", value: chance(3) ? .object(["media": external]) : external))
        }
        if chance(8) {
            let label = pick(["porn", "sexual", "nudity", "graphic-media", "other"])
            members.append(
                .init(
                    name: "labels",
                    value: .object(["values": .array([.object(["val": .string(label)])])])))
        }
        return .object(members)
    }

    private mutating func v1() -> JSON {
        if chance(8) {
            return .object([
                "delete": .object(["status": .object(["id_str": .string("\(below(60))")])])
            ])
        }
        if chance(20) { return .object(["limit": .object(["track": .number("5")])]) }
        return tweet(depth: 0)
    }

    private mutating func tweet(depth: Int) -> JSON {
        let id = below(60)
        var members: [JSON.Member] = [
            .init(name: "id", value: .number("\(id)")),
            .init(name: "text", value: .string(pick(Self.texts))),
            .init(name: "lang", value: .string(pick(Self.languages))),
            .init(name: "user", value: .object(["id": .number("\(below(8))")])),
        ]
        if !chance(3) { members.append(.init(name: "id_str", value: .string("\(id)"))) }
        if !chance(4) { members.append(.init(name: "entities", value: entities())) }
        if chance(6) {
            let long: JSON =
                chance(3)
                ? .object(["full_text": .string(pick(Self.texts))])
                : .object(["entities": entities()])
            members.append(.init(name: "extended_tweet", value: long))
        }
        if chance(5) { members.append(.init(name: "possibly_sensitive", value: .bool(chance(2)))) }
        if depth == 0, chance(4) {
            members.append(.init(name: "retweeted_status", value: tweet(depth: 1)))
        }
        return .object(members)
    }

    private mutating func entities() -> JSON {
        if chance(6) { return .object([]) }
        return .object([
            "hashtags": list(chance(9) ? 30 : 4) {
                .object([
                    "text": .string($0.pick(Self.tags) + ($0.chance(3) ? "\($0.below(20))" : ""))
                ])
            },
            "urls": list(3) { generator in
                let name = generator.pick(["expanded_url", "expanded_url", "unwound_url", "url"])
                let unwound: JSON = .object([
                    "url": .string(generator.pick(Self.addresses)),
                    "title": .string(generator.pick(Self.titles)),
                ])
                return .object([
                    .init(name: name, value: .string(generator.pick(Self.addresses))),
                    generator.chance(3)
                        ? .init(name: "unwound", value: unwound)
                        : .init(name: "title", value: .string(generator.pick(Self.titles))),
                ])
            },
        ])
    }

    private mutating func mastodon() -> JSON {
        switch below(8) {
        case 0: return .object(["event": .string("delete"), "payload": .string("\(below(60))")])
        case 1: return .object(["event": .string("status.update"), "payload": status(depth: 0)])
        case 2: return .object(["event": .string("update"), "payload": status(depth: 0)])
        case 3: return .object(["event": .string("notification"), "payload": .string("{}")])
        default: return status(depth: 0)
        }
    }

    /// In words that the reference takes apart without knowing HTML.
    private mutating func anchor() -> String {
        if chance(2) { return "" }
        let kind = pick(["mention", "hashtag", "plain", "plain"])
        return "<a class=\"\(kind)\" href=\"\(pick(Self.addresses))\">x</a>"
    }

    private mutating func status(depth: Int) -> JSON {
        var members: [JSON.Member] = [
            .init(name: "id", value: .string("\(below(60))")),
            .init(name: "content", value: .string("<p>\(pick(Self.texts))\(anchor())</p>")),
            .init(
                name: "account",
                value: .object(["id": .string("\(below(8))"), "bot": .bool(chance(5))])),
            .init(name: "language", value: chance(6) ? .null : .string(pick(Self.languages))),
            .init(name: "sensitive", value: .bool(chance(8))),
        ]
        if !chance(5) {
            members.append(
                .init(
                    name: "tags",
                    value: list(chance(9) ? 14 : 4) {
                        .object([
                            "name": .string(
                                $0.pick(Self.tags) + ($0.chance(3) ? "\($0.below(20))" : ""))
                        ])
                    }))
        }
        if chance(3) {
            members.append(
                .init(
                    name: "card",
                    value: .object([
                        "url": .string(pick(Self.addresses)), "title": .string(pick(Self.titles)),
                    ])))
        }
        if depth == 0, chance(6) { members.append(.init(name: "reblog", value: status(depth: 1))) }
        return .object(members)
    }
}
