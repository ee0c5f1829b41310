/// Waits for what another process does; the test's time limit ends the wait.
public func until(_ isSo: () async throws -> Bool) async throws {
    while try await !isSo() { try await Task.sleep(for: .milliseconds(5)) }
}
