import Transport

@testable import AWS

/// Answers are read or refused, and what is asked in XML says what was meant.
enum XMLRules {
    static func check(_ input: inout FuzzInput) throws {
        let body = Array(input.bytes)
        _ = Call("Get", on: "a", permission: "b").refusal(
            in: Response(status: 200, body: body), signedFor: "c", lag: nil)
        _ = try? S3Answers.page(body)
        _ = try? S3Answers.undeleted(body)
        if let element = XMLElement(body) {
            try require(depth(of: element) <= 257, "elements \(depth(of: element)) deep")
        }
        let keys = input.bytes.split(separator: 0xFF).compactMap {
            try? ObjectKey(String(decoding: $0, as: UTF8.self))
        }
        let asked = XMLElement(S3Answers.deletion(of: keys))?.children
            .filter { $0.name == "Object" }.map { Array(($0["Key"]?.text ?? "").utf8) }
        try requireEqual(asked, keys.map { Array($0.text.utf8) }, "keys asked for, and meant")
    }

    private static func depth(of element: XMLElement) -> Int {
        1 + (element.children.map(depth).max() ?? 0)
    }
}
