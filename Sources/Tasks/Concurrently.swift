/// The outcomes for the items, in their order, with at most `limit` at work at once.
///
/// After a failure no more items are begun, so that the outcomes may be fewer: they are those of
/// the first items.
public func concurrently<Item: Sendable, Value: Sendable, Failure: Error>(
    _ items: [Item], limit: Int,
    _ body: @escaping @Sendable (Item) async throws(Failure) -> Value
) async -> [Result<Value, Failure>] {
    await withTaskGroup(of: (Int, Result<Value, Failure>).self) { group in
        var outcomes = [Result<Value, Failure>?](repeating: nil, count: items.count)
        var next = 0
        func begin() {
            guard next < items.count else { return }
            let index = next
            next += 1
            group.addTask {
                do throws(Failure) {
                    return (index, .success(try await body(items[index])))
                } catch {
                    return (index, .failure(error))
                }
            }
        }
        for _ in 0..<max(1, limit) { begin() }
        while let (index, outcome) = await group.next() {
            outcomes[index] = outcome
            if case .failure = outcome { next = items.count }
            begin()
        }
        return outcomes.compactMap { $0 }
    }
}
