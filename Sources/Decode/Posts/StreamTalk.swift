/// What a server said on a stream besides posts and deletions, to tell a stream from what looks like a silent
/// one.
public final class StreamTalk {
    /// That the server said that something is wrong, in the place of posts; the status of HTTP that it named, or
    /// would have given.
    public struct Refusal: Equatable, Sendable {
        public let status: Int?
    }

    private var refusal: Refusal?
    /// Events of other kinds that a stream has.
    public private(set) var eventCount = 0

    /// What the server refused since this was asked last; nil if nothing.
    public func takeRefusal() -> Refusal? {
        defer { refusal = nil }
        return refusal
    }

    func refuse(status: Int?) { refusal = Refusal(status: status) }

    func refuse(_ status: JSONValue?) {
        refuse(status: status?.number.flatMap(Int.init(exactly:)))
    }

    func takeEvent() { eventCount += 1 }
}
