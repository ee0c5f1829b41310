/// The results for each item, in their order, with at most `limit` at work at once.
///
/// After a result for which `isEnough` holds no more items are begun: the results are those of the items
/// that were, which are the first ones.
func concurrently<Item: Sendable, Result: Sendable>(
    _ items: [Item], limit: Int, until isEnough: (Result) -> Bool = { _ in false },
    _ body: @escaping @Sendable (Item) async -> Result
) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: items.count)
        var next = 0
        var isOver = false
        func begin() {
            guard next < items.count, !isOver else { return }
            let index = next
            group.addTask { (index, await body(items[index])) }
            next += 1
        }
        for _ in 0..<max(1, limit) { begin() }
        while let (index, result) = await group.next() {
            isOver = isOver || isEnough(result)
            results[index] = result
            begin()
        }
        return results.compactMap { $0 }
    }
}
