import Transport

/// A Jetstream server and the protocol it is spoken to in.
///
/// An address without a path speaks version 1, whose path is `/subscribe`; one that ends in
/// `subscribeEvents` speaks version 2. Cursors are microseconds of the server's clock in both, so that
/// one server can go on where another stopped.
struct JetstreamHost: Hashable, Sendable {
    private let base: String
    private let isSecondVersion: Bool
    /// For messages.
    let shown: String

    init(_ text: String) throws(TransportError) {
        let address = try Address(text)
        guard !text.utf8.contains(UInt8(ascii: "?")) else {
            throw .address(
                shown: address.description,
                reason:
                    "its query is ours to write, and compressed events (compress=true) are not read"
            )
        }
        var base = text
        while base.hasSuffix("/") { base.removeLast() }
        // Behind the scheme's slashes, a third one begins a path.
        let hasPath = base.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "/") ? 1 : 0) } > 2
        self.base = hasPath ? base : base + "/subscribe"
        isSecondVersion = base.hasSuffix("subscribeEvents")
        shown = address.description
    }

    /// Posts and account events from `cursor` on. Of other accounts' events version 2 sends none.
    func subscription(from cursor: Int64) throws(TransportError) -> Address {
        let filter =
            isSecondVersion
            ? "kinds=commit&kinds=account&collections=app.bsky.feed.post"
            : "wantedCollections=app.bsky.feed.post"
        return try Address("\(base)?\(filter)&cursor=\(cursor)")
    }
}
