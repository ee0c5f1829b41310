import Testing

@testable import Transport

@Suite struct InboxTests {
    private func inbox(holding text: String) -> Inbox {
        let inbox = Inbox(capacity: 1024)
        #expect(deliver(text, to: inbox))
        return inbox
    }

    private func deliver(_ text: String, to inbox: Inbox) -> Bool {
        Array(text.utf8).withUnsafeBytes { inbox.deliver($0) }
    }

    @Test(arguments: [true, false])
    func `What a cancellation drops is no whole answer, also where the last of it had come`(
        isWhole: Bool
    ) async {
        let inbox = inbox(holding: "{}")
        if isWhole { inbox.finish(.success(())) }
        inbox.finish(.failure(.cancelled))
        await #expect(throws: TransportError.cancelled) { try await inbox.chunk(resume: {}) }
    }

    @Test func `Nothing comes after a cancellation, which may have dropped what was before`() async
    {
        let inbox = inbox(holding: "{")
        inbox.finish(.failure(.cancelled))
        #expect(deliver("}", to: inbox))
        await #expect(throws: TransportError.cancelled) { try await inbox.chunk(resume: {}) }
    }

    @Test func `What was read to its end before a cancellation is whole`() async throws {
        let inbox = inbox(holding: "{}")
        #expect(try await inbox.chunk(resume: {}) == Array("{}".utf8))
        inbox.finish(.success(()))
        inbox.finish(.failure(.cancelled))
        #expect(try await inbox.chunk(resume: {}) == nil)
    }
}
