/// A sentence that goes on: `first; rest`, or, where the first ends with a sign of its own, `First? Rest`.
public func sentence(_ first: String, goingOn rest: String) -> String {
    guard endsBySign(first) else { return "\(first); \(rest)" }
    return "\(first) " + rest.prefix(1).uppercased() + rest.dropFirst()
}

/// A sentence with its full stop, unless it ends with a sign of its own.
public func ended(_ sentence: String) -> String { endsBySign(sentence) ? sentence : sentence + "." }

/// A number of things: `1 post`, `2 posts`.
public func quantity(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)" + (count == 1 ? "" : "s")
}

private func endsBySign(_ sentence: String) -> Bool {
    sentence.utf8.last.map { ".?!".utf8.contains($0) } ?? false
}
