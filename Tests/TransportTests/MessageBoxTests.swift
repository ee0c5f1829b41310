import Testing

@testable import Transport

@Suite struct MessageBoxTests {
    @Test func `Nothing comes after a cancellation, which may have dropped what was before`() async
    {
        let box = MessageBox()
        box.put(MessageBatch())
        box.finish(.cancelled)
        box.put(MessageBatch())
        await #expect(throws: TransportError.cancelled) {
            _ = try await box.next(within: nil, wake: {})
        }
    }

    @Test func `What a cancellation drops did not come, also where the peer ended before`() async {
        let box = MessageBox()
        box.put(MessageBatch())
        box.finish(.silent(shown: "ws://127.0.0.1/", limit: .seconds(1)))
        box.finish(.cancelled)
        await #expect(throws: TransportError.cancelled) {
            _ = try await box.next(within: nil, wake: {})
        }
    }

    @Test func `What is whole before any other end still comes`() async throws {
        let box = MessageBox()
        let end = TransportError.silent(shown: "ws://127.0.0.1/", limit: .seconds(1))
        box.put(MessageBatch())
        box.finish(end)
        #expect(try await box.next(within: nil, wake: {}).messages == [])
        await #expect(throws: end) { _ = try await box.next(within: nil, wake: {}) }
    }
}
