import Text

/// The XML bodies S3 sends and takes.
enum S3Answers {
    struct Page: Hashable {
        var contents: S3Contents
        /// Where the next page begins; nil on the last.
        var continuation: String?
    }

    static func page(_ body: [UInt8]) throws(AWSError) -> Page {
        func malformed(_ reason: String) -> AWSError {
            .malformedAnswer(operation: S3Operation.list.rawValue, reason: reason)
        }
        // What others put into a bucket does not make its listing unreadable.
        guard let answer = XMLElement(body) ?? XMLElement(mended(body)) else {
            throw malformed("not well-formed XML")
        }
        guard answer.name == "ListBucketResult" else {
            throw malformed("expected ListBucketResult")
        }
        let isEncoded = answer["EncodingType"]?.text == "url"
        var contents = S3Contents()
        let objects = answer.children.filter { $0.name == "Contents" }
        // Of servers that write a space as %20, a + is one; of the others it is a space.
        let isPlusItself = objects.contains { $0["Key"]?.text.contains("%20") ?? false }
        func decoded(_ raw: String) -> String? {
            isPlusItself
                ? PercentEncoding.decode(raw.utf8).flatMap { String(validating: $0, as: UTF8.self) }
                : PercentEncoding.decodeForm(raw)
        }
        for object in objects {
            guard let raw = object["Key"]?.text else {
                throw malformed("an object without a key")
            }
            let isExact = isEncoded || !raw.unicodeScalars.contains("\u{FFFD}")
            let text = isEncoded ? decoded(raw) : raw
            guard isExact, let text, let key = try? ObjectKey(text) else {
                contents.strays.append(raw)
                continue
            }
            guard let byteCount = Int(object["Size"]?.text ?? ""), byteCount >= 0 else {
                throw malformed("an object without a size")
            }
            contents.objects.append(
                S3Listing(key: key, byteCount: byteCount, etag: object["ETag"]?.text ?? ""))
        }
        let isTruncated = answer["IsTruncated"]?.text == "true"
        let next = answer["NextContinuationToken"]?.text
        if isTruncated && (next ?? "").isEmpty { throw malformed("more to come, but no token") }
        return Page(contents: contents, continuation: isTruncated ? next : nil)
    }

    /// With U+FFFD in the place of bytes that are not UTF-8, and of characters and references to them that XML does
    /// not have (XML 1.0 §2.2), as servers that do not encode keys send them.
    private static func mended(_ body: [UInt8]) -> [UInt8] {
        func isAllowed(_ value: UInt32) -> Bool {
            switch value {
            case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
            default: false
            }
        }
        var mended = ""
        var rest = String(decoding: body, as: UTF8.self).unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "&", rest.first == "#", let end = rest.firstIndex(of: ";") else {
                mended.unicodeScalars.append(isAllowed(scalar.value) ? scalar : "\u{FFFD}")
                continue
            }
            let digits = String(rest[..<end].dropFirst())
            let isHex = digits.hasPrefix("x")
            let value = UInt32(isHex ? String(digits.dropFirst()) : digits, radix: isHex ? 16 : 10)
            mended += value.map(isAllowed) ?? false ? "&#\(digits);" : "\u{FFFD}"
            rest = rest[rest.index(after: end)...]
        }
        return Array(mended.utf8)
    }

    /// The keys a DeleteObjects could not delete, each with code and message; the others are gone.
    static func undeleted(
        _ body: [UInt8]
    ) throws(AWSError) -> [(key: String, code: String, message: String)] {
        // Some have nothing to say where nothing failed.
        if body.trimmingASCIIWhitespace().isEmpty { return [] }
        guard let answer = XMLElement(body), answer.name == "DeleteResult" else {
            throw .malformedAnswer(
                operation: S3Operation.delete.rawValue, reason: "expected DeleteResult")
        }
        return answer.children.filter { $0.name == "Error" }.map { error in
            (error["Key"]?.text ?? "", error["Code"]?.text ?? "", error["Message"]?.text ?? "")
        }
    }

    /// The body of a DeleteObjects that answers with failures alone.
    static func deletion(of keys: [ObjectKey]) -> [UInt8] {
        let objects = keys.map { key in
            XMLElement(name: "Object", children: [XMLElement(name: "Key", text: key.text)])
        }
        return XMLElement(
            name: "Delete", children: [XMLElement(name: "Quiet", text: "true")] + objects
        ).document(namespace: namespace)
    }

    /// Of what S3 takes.
    static let namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
}
