import AWS
import Decode
import FoundationEssentials
import Text

/// What `tidemark bucket` prints.
struct BucketReport {
    let bucket: String
    let items: [BucketSetup.Item]

    /// A line for each setting; below it, how it differs: `-` is now, `+` is wanted.
    var text: String {
        items.map { item in
            let words =
                switch item.state {
                case .set: "as the site needs it"
                case .missing: "not set"
                case .differs: "differs"
                case .unsupported: "unknown to this server"
                case .advice:
                    "better on: what is overwritten or deleted by mistake could be had back"
                }
            let name = item.setting.rawValue
            let padding = String(repeating: " ", count: 12 - name.utf8.count)
            return ([name + padding + words] + difference(of: item)).joined(separator: "\n") + "\n"
        }.joined()
    }

    private func difference(of item: BucketSetup.Item) -> [String] {
        guard let wanted = item.wanted else { return [] }
        func lines(_ text: String?) -> [String] {
            (text ?? "").split(separator: "\n").map { terminalSafe(String($0), limit: .max) }
        }
        let (old, new) = (lines(item.now), lines(wanted))
        let changes = new.difference(from: old)
        let removed = Set(
            changes.removals.map { change in
                switch change {
                case .remove(let offset, _, _), .insert(let offset, _, _): offset
                }
            })
        let added = Set(
            changes.insertions.map { change in
                switch change {
                case .remove(let offset, _, _), .insert(let offset, _, _): offset
                }
            })
        var printed: [String] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if removed.contains(left) {
                printed.append("    - " + old[left])
                left += 1
            } else if added.contains(right) {
                printed.append("    + " + new[right])
                right += 1
            } else {
                printed.append("      " + new[right])
                left += 1
                right += 1
            }
        }
        return printed
    }

    /// One object: each setting with its `state`, what it is `now` and what is `wanted`.
    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let layout = Layout(
            bucket: bucket,
            settings: items.map {
                .init(
                    name: $0.setting.rawValue, state: $0.state.rawValue, now: $0.now,
                    wanted: $0.wanted)
            })
        return ((try? encoder.encode(layout)).map { [UInt8]($0) } ?? []) + [0x0A]
    }

    private struct Layout: Encodable {
        struct Setting: Encodable {
            var name: String
            var state: String
            var now: String?
            var wanted: String?
        }

        var bucket: String
        var settings: [Setting]
    }
}
