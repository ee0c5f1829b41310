import Calendar

/// Made-up Jetstream events of one slot, a line each.
struct SampleStream {
    private let slot: Slot
    private let length: Int
    private var random: SplitMix
    private var remaining: Int
    private let postCount: Int
    private let weights: [Int]

    init(slot: Slot, length: Int) {
        self.slot = slot
        self.length = length
        random = SplitMix(seed: UInt64(bitPattern: slot.start.secondsSinceEpoch))
        // Nights are quiet, and no two days are quite alike.
        let busy = [420, 760, 1150, 980][slot.start.hour / 6 % 4]
        postCount = busy + Int(random.next() % 240)
        remaining = postCount
        weights = SampleTopic.all.map { $0.weight(in: slot) }
    }

    /// The next event with its LF; nil after the last.
    mutating func next() -> String? {
        guard remaining > 0 else { return nil }
        remaining -= 1
        let index = postCount - remaining
        let author = random.below(700)
        let time =
            slot.start.secondsSinceEpoch * 1_000_000
            + Int64(length) * 1_000_000 * Int64(index) / Int64(postCount + 1)
        var (topics, facets): ([SampleTopic], [String]) = ([], [])
        for _ in 0..<[0, 1, 1, 1, 2, 3][random.below(6)] {
            let topic = topic()
            topics.append(topic)
            facets.append(Self.facet("tag", topic.spelling(&random)))
        }
        // Most people who write of what happens name the occasion too, and some its page.
        var chance = SplitMix(seed: UInt64(bitPattern: time))
        let occasions = topics.compactMap { $0.occasion(in: slot) }
        for occasion in occasions {
            if chance.below(5) < 3 { facets.append(Self.facet("tag", occasion.tag)) }
            if chance.below(2) == 0 { facets.append(Self.facet("link", occasion.address)) }
        }
        let page = occasions.first.map {
            #","embed":{"external":{"uri":"\#($0.address)","title":"\#($0.title)"}}"#
        }
        return #"{"did":"did:example:\#(author)","time_us":\#(time),"kind":"commit","commit":"#
            + #"{"rev":"\#(index)","operation":"create","collection":"app.bsky.feed.post","#
            + #""rkey":"\#(index)","record":{"text":"","langs":["en"],"#
            + #""facets":[\#(facets.joined(separator: ","))]\#(page ?? "")}}}"# + "\n"
    }

    private static func facet(_ kind: String, _ text: String) -> String {
        #"{"features":[{"$type":"app.bsky.richtext.facet#\#(kind)","#
            + #""\#(kind == "tag" ? "tag" : "uri")":"\#(text)"}]}"#
    }

    private mutating func topic() -> SampleTopic {
        var point = random.below(weights.reduce(0, +))
        for (topic, weight) in zip(SampleTopic.all, weights) {
            point -= weight
            if point < 0 { return topic }
        }
        return SampleTopic.all[0]
    }
}
