/// A sentence that goes on: `first; rest`, or, where the first ends with a sign of its own, `First? Rest`.
public func sentence(_ first: String, goingOn rest: String) -> String {
    guard endsBySign(first) else { return "\(first); \(rest)" }
    return "\(first) " + rest.prefix(1).uppercased() + rest.dropFirst()
}

/// A sentence with its full stop, unless it ends with a sign of its own.
public func ended(_ sentence: String) -> String { endsBySign(sentence) ? sentence : sentence + "." }

private func endsBySign(_ sentence: String) -> Bool {
    sentence.utf8.last.map { ".?!".utf8.contains($0) } ?? false
}
