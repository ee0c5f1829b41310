/// What identifies the post that a record is about, as its platform writes it: deliveries, edits and the deletion of one
/// post have one.
public struct RecordID {
    private let format: PostFormat
    private let parser = JSONParser()

    public init(of format: PostFormat) { self.format = format }

    /// Nil if the record is about no post, or is not written as the format is.
    public func callAsFunction(_ record: Record) -> String? {
        guard format != .text else { return nil }
        if let event = record.event, event == "delete", let text = record.text {
            // An id stands bare.
            return String(decoding: text, as: UTF8.self)
        }
        guard let value = parser.parse(record) else { return nil }
        return switch format {
        case .jetstream: jetstream(value["payload"] ?? value)
        case .v1: v1(value)
        case .v2: value["data"].flatMap { PlatformID($0["id"])?.string }
        case .mastodon: mastodon(value)
        case .text: nil
        }
    }

    private func jetstream(_ value: JSONValue) -> String? {
        guard let did = value["did"]?.text?.string else { return nil }
        let commit = value["commit"] ?? value
        guard let key = commit["rkey"]?.text?.string else { return did }
        let collection = commit["collection"]?.text?.string ?? ""
        return "at://\(did)/\(collection)/\(key)"
    }

    private func v1(_ value: JSONValue) -> String? {
        let status = value["delete"]?["status"] ?? value["tweet"] ?? value
        return PlatformID(status["id_str"], status["id"])?.string
    }

    private func mastodon(_ value: JSONValue) -> String? {
        guard let payload = value["payload"] else { return PlatformID(value["id"])?.string }
        guard let text = payload.text else {
            return PlatformID(payload["id"] ?? payload)?.string
        }
        // JSON in a string, or an id.
        guard text.bytes.first == UInt8(ascii: "{") else { return text.string }
        return parser.parse(nested: text).flatMap { PlatformID($0["id"])?.string }
    }
}
