@testable import Decode
@testable import Snapshot

/// Lines of Jetstream and tweets that are looked at together say what each says by itself, to the
/// parser alone.
enum LineRules {
    private struct Kept: EventSink {
        var events: [StreamEvent] = []
        mutating func record(_ event: StreamEvent) { events.append(event) }
    }

    static func check(_ input: inout FuzzInput) throws {
        let lines = input.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            // What begins anything but an object is not cut at the line's end, or at a CR too.
            .filter { $0.first == UInt8(ascii: "{") && !$0.contains(UInt8(ascii: "\r")) }
        for format in [PostFormat.jetstream, .v1] {
            let together = events([Array(lines.joined(separator: [0x0A])) + [0x0A]], format)
            // Lines behind a space are not looked at together.
            let alone = events(lines.map { [0x20] + $0 + [0x0A] }, format)
            try requireEqual(
                together.map { "\($0)" }, alone.map { "\($0)" }, "lines together, and alone")
        }
    }

    private static func events(_ chunks: [[UInt8]], _ format: PostFormat) -> [StreamEvent] {
        var kept = Kept()
        var reader = EventReader(format: format, grammar: nil, identity: Identity(salt: 7))
        for chunk in chunks { chunk.withUnsafeBytes { reader.feed($0, to: &kept) } }
        reader.finish(to: &kept)
        return kept.events
    }
}
