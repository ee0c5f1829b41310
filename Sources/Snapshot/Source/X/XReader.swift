import Archive
import Decode
import Links
import Tally

/// Reads the messages of a stream of X: posts, as many as the meter allows.
struct XReader: ~Copyable {
    private(set) var meter: PostMeter
    /// Posts that only rules of others asked for.
    private(set) var foreign = 0
    /// Matching posts that the server did not deliver, as it says (API 1.1: messages `limit`): of the
    /// connections before, and of the one at hand.
    private var undelivered = (before: 0, now: 0)
    /// Why the server ended the stream, in its words.
    private(set) var disconnections: [String] = []
    /// What else it says of the stream, in its words.
    private(set) var problems: Set<String> = []
    /// Why the meter could not be read or written.
    private(set) var failure: ArchiveError?
    private var framer: RecordFramer
    private let api: XAPI
    private let othersRules: Set<String>
    private let parser = JSONParser()
    private let decoder: FormatDecoder

    /// - Parameter othersRules: ids of the app's rules that are not ours.
    init(_ api: XAPI, othersRules: Set<String>, meter: PostMeter, links: LinkRules? = nil) {
        self.api = api
        self.othersRules = othersRules
        self.meter = meter
        framer = RecordFramer(format: api.format)
        decoder = FormatDecoder(
            of: api.format, grammar: nil, identity: Identity(), links: links)
    }

    /// How many matching posts the server did not deliver, as it says itself.
    var undeliveredCount: Int { undelivered.before + undelivered.now }

    /// Pays for the first posts; false if that cannot be.
    mutating func begin() -> Bool {
        do throws(ArchiveError) {
            try meter.reserve()
        } catch {
            failure = error
        }
        return failure == nil
    }

    /// Reads the messages that these bytes complete; nil is the end of a connection.
    mutating func take(
        _ bytes: [UInt8]?, to events: inout [StreamEvent]
    ) -> LiveStream.Verdict {
        if let bytes {
            bytes.withUnsafeBytes { framer.take($0) }
        } else {
            framer.end()
        }
        var verdict = LiveStream.Verdict.goOn
        while verdict != .stop, let record = framer.next() {
            verdict = take(record, to: &events) ?? verdict
        }
        if bytes == nil { undelivered = (undeliveredCount, 0) }
        return verdict
    }

    private mutating func take(
        _ record: Record, to events: inout [StreamEvent]
    ) -> LiveStream.Verdict? {
        guard let message = parser.parse(record) else {
            if !framer.reread() { events.append(.invalid) }
            return nil
        }
        if let reason = disconnection(message) {
            events.append(.notice)
            if disconnections.count < 3 { disconnections.append(reason) }
            return reason == Self.tooMany ? .wait : .reconnect
        }
        if !isPost(message) { problems.formUnion(Self.problems(in: message)) }
        if api == .v1, let count = message["limit"]?["track"]?.number {
            undelivered.now = max(undelivered.now, Int(clamping: min(count, 1_000_000_000)))
        }
        guard isPost(message) else {
            decode(record, to: &events)
            return nil
        }
        do throws(ArchiveError) {
            // Paid for before it is read, and the next ones before they can come.
            try meter.reserve()
            guard !meter.isExhausted else { return .stop }
            meter.take()
            if isOurs(message) { decode(record, to: &events) } else { foreign += 1 }
            if meter.isExhausted { return .stop }
            try meter.reserve()
        } catch {
            failure = error
            return .stop
        }
        return nil
    }

    private func decode(_ record: Record, to events: inout [StreamEvent]) {
        switch decoder {
        case .v1(let decoder): decoder.decode(record, to: &events)
        case .v2(let decoder): decoder.decode(record, to: &events)
        default: break
        }
    }

    /// A relay may send posts of API 2 without the envelope `data`.
    private func isPost(_ message: JSONValue) -> Bool {
        switch api {
        case .v2: message["data"].map { $0.isObject || $0.isArray } ?? (message["id"] != nil)
        case .v1: message["text"] != nil || message["full_text"] != nil
        }
    }

    /// False if only rules of others match the post.
    private func isOurs(_ message: JSONValue) -> Bool {
        if othersRules.isEmpty { return true }
        let matching = message.elements(of: "matching_rules").compactMap { $0["id"]?.text?.string }
        return matching.isEmpty || !othersRules.isSuperset(of: matching)
    }

    /// Why the server ends the stream; nil if the message is something else, such as an error about a
    /// single post.
    private func disconnection(_ message: JSONValue) -> String? {
        switch api {
        case .v1:
            guard let said = message["disconnect"], said.isObject else { return nil }
            return "code \(said["code"]?.number.map(String.init) ?? "unknown")"
        case .v2:
            guard !isPost(message) else { return nil }
            return Self.disconnection(problem: message)
                ?? message.elements(of: "errors").lazy.compactMap(Self.disconnection(problem:))
                .first
        }
    }

    /// Why the server ends the stream, by a problem that it names (docs.x.com, handling
    /// disconnections).
    private static func disconnection(problem: JSONValue) -> String? {
        let reasons = ["disconnect_type", "connection_issue"].compactMap { problem[$0]?.text }
        let title = problem["title"]?.text?.string
        let names = [title, type(of: problem)].compactMap(\.self)
        guard !reasons.isEmpty || names.contains(where: { endings.contains($0.lowercased()) })
        else { return nil }
        let words = reasons.map(\.string) + names
        return words.first(where: known.contains) ?? "for a reason of its own"
    }

    /// The end of a problem's type, which is an address.
    private static func type(of problem: JSONValue) -> String? {
        problem["type"]?.text?.string.split(separator: "/").last.map(String.init)
    }

    /// The problems that a message tells of the stream, and not of a post (docs.x.com, error types).
    private static func problems(in message: JSONValue) -> [String] {
        ([message] + message.elements(of: "errors")).compactMap(type(of:))
            .filter(ofStreams.contains)
    }

    private static let ofStreams: Set = [
        "usage-capped", "client-forbidden", "client-disconnected", "unsupported-authentication",
    ]

    /// Titles, and ends of types, of problems that end a stream, in small letters.
    private static let endings: Set = [
        "operational-disconnect", "connectionexception", "streaming-connection",
    ]

    private static let tooMany = "TooManyConnections"

    /// What X calls its reasons. Other words of a server are not repeated: they could hold the token.
    private static let known: Set = [
        "OperationalDisconnect", "UpstreamOperationalDisconnect", "UpstreamUncleanDisconnect",
        "operational-disconnect", "streaming-connection", tooMany, "ProvisioningSubscription",
        "RuleConfigurationIssue", "RulesInvalidIssue", "ConnectionException",
    ]

    /// Gives back what was paid for and not read.
    mutating func settle() {
        do throws(ArchiveError) {
            try meter.settle()
        } catch {
            failure = failure ?? error
        }
    }
}
