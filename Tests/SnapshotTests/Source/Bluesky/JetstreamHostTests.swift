import Testing
import Transport

@testable import Snapshot

@Suite("JetstreamHost")
struct JetstreamHostTests {
    @Test(
        "asks for posts from a cursor on, in the words of its version",
        arguments: [
            (
                "wss://a.example",
                "wss://a.example/subscribe?wantedCollections=app.bsky.feed.post&cursor=7"
            ),
            (
                "wss://a.example/",
                "wss://a.example/subscribe?wantedCollections=app.bsky.feed.post&cursor=7"
            ),
            (
                "wss://a.example/sub",
                "wss://a.example/sub?wantedCollections=app.bsky.feed.post&cursor=7"
            ),
            (
                "wss://a.example/xrpc/network.bsky.jetstream.subscribeEvents",
                "wss://a.example/xrpc/network.bsky.jetstream.subscribeEvents"
                    + "?kinds=commit&kinds=account&collections=app.bsky.feed.post&cursor=7"
            ),
        ])
    func addresses(_ host: String, address: String) throws {
        #expect(try JetstreamHost(host).subscription(from: 7).text == address)
    }

    @Test("refuses a query, which is not the operator's to write, by name")
    func query() {
        #expect(
            throws: TransportError.address(
                shown: "wss://a.example/subscribe",
                reason:
                    "its query is ours to write, and compressed events (compress=true) are not read"
            )
        ) {
            try JetstreamHost("wss://a.example/subscribe?compress=true")
        }
    }

    @Test("refuses plain text to another machine")
    func plain() {
        #expect(throws: TransportError.plainText(shown: "ws://a.example/")) {
            try JetstreamHost("ws://a.example")
        }
    }
}
