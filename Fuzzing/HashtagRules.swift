@testable import Decode
@testable import Folding
@testable import Hashtags
@testable import Snapshot

/// A key is short, clean and folded; and it is the key of its spelling.
enum HashtagRules {
    static func check(_ input: inout FuzzInput) throws {
        guard let tag = try? Hashtag(delivered: input.text) else { return }
        try check(key: tag.key, spelling: tag.spelling)
        let again = try requireTag(tag.spelling)
        try requireEqual(scalars(again.key), scalars(tag.key), "the key of the spelling")
        try requireEqual(scalars(again.spelling), scalars(tag.spelling), "the spelling's own")

        // Where white space was removed what stood around it was never normalised together, and a
        // key can begin with what folds to a number sign.
        let folded = EmojiTags.folded(tag.spelling.unicodeScalars[...])
        if !folded.unicodeScalars.contains(where: \.properties.isWhitespace) {
            try requireEqual(scalars(try requireTag(tag.key).key), scalars(tag.key), "folded again")
        }
    }

    static func check(key: String, spelling: String) throws {
        try require((1...100).contains(key.unicodeScalars.count), "a key of \(key.count) scalars")
        for scalar in key.unicodeScalars {
            let properties = scalar.properties
            try require(properties.generalCategory != .control, "a control character in \(key)")
            try require(!properties.isWhitespace, "white space in \(key)")
            try require(scalar != "#", "a number sign in \(key)")
        }
        try require(key.unicodeScalars.first != "$", "a cashtag: \(key)")
        try require(!spelling.isEmpty, "an empty spelling of \(key)")
        try require(
            !spelling.unicodeScalars.contains { $0.properties.generalCategory == .control },
            "a control character in \(spelling)")
    }

    private static func requireTag(_ delivered: String) throws -> Hashtag {
        do {
            return try Hashtag(delivered: delivered)
        } catch {
            throw BrokenRule(description: "\(scalars(delivered)) is dropped: \(error)")
        }
    }

    private static func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
}
