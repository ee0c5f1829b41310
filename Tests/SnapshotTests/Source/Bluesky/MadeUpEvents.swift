import Calendar
import Foundation
import Support

@testable import Snapshot

/// Jetstream events of some slots, in order of their time, the same for the same seed.
struct MadeUpEvents {
    private var random: SeededRandom
    private let slots: [Slot]

    init(seed: UInt64, slots: [Slot]) {
        random = SeededRandom(seed)
        self.slots = slots
    }

    /// So many events over all slots, among them likes, edits, deletions, repeats and removed accounts.
    func lines(_ count: Int) -> [String] {
        var random = random
        let start = slots[0].start.microseconds
        let step = (slots[slots.count - 1].end.microseconds - start) / Int64(count)
        var known: [(author: Int, key: Int)] = []
        return (0..<count).map { number in
            let time = start + step * Int64(number) + Int64(random.next() % UInt64(step))
            func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
            let author = below(400)
            switch below(20) {
            case 0:
                return
                    #"{"did":"did:plc:\#(author)","time_us":\#(time),"kind":"identity","identity":{}}"#
            case 1 where below(10) == 0:
                return #"{"did":"did:plc:\#(author)","time_us":\#(time),"kind":"account","#
                    + #""account":{"active":false,"status":"deleted"}}"#
            case 2, 3:
                return commit("create", "like", author, number, time, #","record":{}"#)
            case 5 where !known.isEmpty:
                let post = known[below(known.count)]
                return commit("delete", "post", post.author, post.key, time, "")
            case 6 where !known.isEmpty:
                let post = known[below(known.count)]
                return commit("update", "post", post.author, post.key, time, record(below))
            default:
                known.append((author, number))
                return commit("create", "post", author, number, time, record(below))
            }
        }
    }

    private func record(_ below: (Int) -> Int) -> String {
        let tags = (0..<[0, 1, 1, 2, 3, 12][below(6)]).map { _ in
            "\"\(["Tide", "tide", "kélp", "ＴＩＤＥ", "写真", "x"][below(6)])\(below(4) == 0 ? below(300) : 0)\""
        }
        return
            #","record":{"text":"say \"hi\"","langs":["en"],"tags":[\#(tags.joined(separator: ","))]}"#
    }

    /// Revisions rise with time, as TIDs do.
    private func commit(
        _ operation: String, _ kind: String, _ author: Int, _ key: Int, _ time: Int64,
        _ rest: String
    ) -> String {
        #"{"did":"did:plc:\#(author)","time_us":\#(time),"kind":"commit","commit":{"rev":"\#(Self.tid(time))","#
            + #""operation":"\#(operation)","collection":"app.bsky.feed.\#(kind)","rkey":"\#(key)"\#(rest)}}"#
    }

    private static func tid(_ time: Int64) -> String {
        let digits = Array("234567abcdefghijklmnopqrstuvwxyz")
        return String((0..<13).reversed().map { digits[Int(time >> ($0 * 5)) & 31] })
    }

    /// A single post.
    static func post(_ key: String, time: Int64, tags: String) -> String {
        #"{"did":"did:plc:liar","time_us":\#(time),"kind":"commit","commit":{"rev":"3l","operation":"create","#
            + #""collection":"app.bsky.feed.post","rkey":"\#(key)","record":{"text":"","tags":[\#(tags)]}}}"#
    }

    /// The `time_us` of a made-up line.
    static func time(of line: String) -> Int64? {
        guard let start = line.range(of: "\"time_us\":")?.upperBound else { return nil }
        return Int64(line[start...].prefix { $0.isNumber })
    }
}
